// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Utf8
/// @notice Makes text that anybody may have written fit to be shown: valid UTF-8, of bounded length, without
/// characters that nobody can see or that move others.
library Utf8 {
    /// @dev Stands for each byte that is no text, and for each character that must not be shown.
    bytes1 private constant _REPLACEMENT = "?";

    /// @notice Cleans `length` bytes of `data` from `offset` on, and cuts them between characters to at most `limit`
    /// bytes.
    /// @dev `offset + length` is at most the length of `data`.
    function clean(
        bytes memory data,
        uint256 offset,
        uint256 length,
        uint256 limit
    ) internal pure returns (string memory) {
        bytes memory text = new bytes(length < limit ? length : limit);
        uint256 end = offset + length;
        uint256 written;
        while (offset < end && written < text.length) {
            (uint256 size, uint256 codePoint) = decode(data, offset, end);
            if (size == 0 || !_isVisible(codePoint)) {
                text[written++] = _REPLACEMENT;
                offset += size == 0 ? 1 : size;
                continue;
            }
            if (written + size > text.length) break;
            for (uint256 i = 0; i < size; ++i) text[written++] = data[offset++];
        }
        assembly ("memory-safe") {
            mstore(text, written) // written ≤ text.length: shortens the text
        }
        return string(text);
    }

    /// @notice Reads the character at `offset` of `data`, which ends at `end`.
    /// @dev Refuses what the Unicode standard does (its table of well-formed byte sequences): overlong forms,
    /// surrogates, what lies above U+10FFFF, and what ends too early.
    /// @return size Its bytes, 1 to 4, or 0 if no character begins there.
    /// @return codePoint Its number.
    function decode(
        bytes memory data,
        uint256 offset,
        uint256 end
    ) internal pure returns (uint256 size, uint256 codePoint) {
        uint256 first = uint8(data[offset]);
        if (first < 0x80) return (1, first);
        (uint256 lowest, uint256 highest) = (0x80, 0xbf); // of the second byte
        if (first >= 0xc2 && first <= 0xdf) {
            (size, codePoint) = (2, first & 0x1f);
        } else if (first >= 0xe0 && first <= 0xef) {
            (size, codePoint) = (3, first & 0x0f);
            if (first == 0xe0) lowest = 0xa0;
            if (first == 0xed) highest = 0x9f;
        } else if (first >= 0xf0 && first <= 0xf4) {
            (size, codePoint) = (4, first & 0x07);
            if (first == 0xf0) lowest = 0x90;
            if (first == 0xf4) highest = 0x8f;
        }
        if (size == 0 || offset + size > end) return (0, 0);
        for (uint256 i = 1; i < size; ++i) {
            uint256 next = uint8(data[offset + i]);
            if (next < lowest || next > highest) return (0, 0);
            (lowest, highest) = (0x80, 0xbf);
            codePoint = (codePoint << 6) | (next & 0x3f);
        }
    }

    /// @dev Neither a control character, nor one that is blank or has no width, nor one that turns the direction of
    /// others, nor one of those that XML forbids. The plain space alone is let through.
    function _isVisible(uint256 codePoint) private pure returns (bool) {
        if (codePoint < 0x80) return codePoint >= 0x20 && codePoint != 0x7f;
        if (codePoint <= 0xa0 || codePoint == 0xad) return false; // control characters, no-break space, soft hyphen
        if (codePoint < 0x1100) return codePoint != 0x034f && codePoint != 0x061c; // grapheme joiner, letter mark
        if (codePoint == 0x115f || codePoint == 0x1160 || codePoint == 0x1680) return false; // fillers, Ogham space
        if (codePoint == 0x17b4 || codePoint == 0x17b5) return false; // vowels without a shape
        if (codePoint >= 0x180b && codePoint <= 0x180f) return false; // Mongolian selectors and separator
        if (codePoint >= 0x2000 && codePoint <= 0x200f) return false; // spaces, zero width, direction
        if (codePoint >= 0x2028 && codePoint <= 0x202f) return false; // line ends, direction, narrow space
        if (codePoint >= 0x205f && codePoint <= 0x206f) return false; // space, joiners, isolates
        if (codePoint == 0x2800 || codePoint == 0x3000 || codePoint == 0x3164) return false; // blanks
        if (codePoint >= 0xfe00 && codePoint <= 0xfe0f) return false; // variation selectors
        if (codePoint == 0xfeff || codePoint == 0xffa0) return false; // byte order mark, filler
        if (codePoint >= 0xfff0 && codePoint <= 0xfffb) return false; // specials
        return codePoint & 0xfffe != 0xfffe && codePoint < 0xe0000; // no characters, tags, private planes
    }
}

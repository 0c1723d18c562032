// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IPositionRenderer} from "../interfaces/IPositionRenderer.sol";
import {Utf8} from "./Utf8.sol";

/// @title SvgCard
/// @notice Draws a position as an SVG of 420 by 600: its own hue and engraving, principal, ring of progress, figures.
/// @dev Text is clean UTF-8 already; `_xml` escapes all that is not written here. Nothing here runs, links or
/// loads anything.
library SvgCard {
    /// @notice What the card says, written out and not escaped yet.
    struct Texts {
        string stakingSymbol;
        string rewardsSymbol;
        string principal;
        string reward;
        string penalty;
        string forfeited;
        string rate;
        string opened;
        string matures;
    }

    /// @dev Length of the ring in parts of its own, of which progress is a whole number.
    uint256 private constant _RING = 1_000;

    /// @dev Longest symbol that fits beside an amount; a longer one ends in an ellipsis. Characters of three and four
    /// bytes, such as Chinese ones, count twice.
    uint256 private constant _SYMBOL_WIDTH = 10;

    /// @notice Draws `card` at the block's time.
    function draw(IPositionRenderer.Card calldata card, Texts memory texts) internal view returns (string memory) {
        string memory hue = Strings.toString(uint256(keccak256(abi.encode(card.pool, card.positionId))) % 360);
        return
            string.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 600" ',
                "font-family=\"Inter,'Helvetica Neue',Helvetica,Arial,sans-serif\">",
                _paint(hue),
                _engraving(card),
                _head(card, texts),
                _ring(card),
                _figures(card, texts),
                _foot(card),
                "</svg>"
            );
    }

    function _paint(string memory hue) private pure returns (string memory) {
        return
            string.concat(
                '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="hsl(',
                hue,
                ',46%,21%)"/><stop offset="1" stop-color="hsl(',
                hue,
                ',52%,8%)"/></linearGradient><linearGradient id="a" x1="0" y1="0" x2="1" y2="1">',
                '<stop offset="0" stop-color="hsl(',
                hue,
                ',85%,78%)"/><stop offset="1" stop-color="hsl(',
                hue,
                ',70%,56%)"/></linearGradient><clipPath id="c"><rect width="420" height="600" rx="28"/></clipPath>',
                '</defs><g clip-path="url(#c)"><rect width="420" height="600" fill="url(#g)"/>'
            );
    }

    /// @dev Ellipses turned about the ring's centre, as on a banknote; their number is the position's own.
    function _engraving(IPositionRenderer.Card calldata card) private pure returns (string memory lines) {
        uint256 seed = uint256(keccak256(abi.encode(card.positionId, card.pool)));
        uint256 count = 12 + (seed % 7);
        string memory shape = string.concat(
            '<ellipse cx="210" cy="270" rx="',
            Strings.toString(250 + ((seed >> 8) % 60)),
            '" ry="',
            Strings.toString(70 + ((seed >> 16) % 70)),
            '" transform="rotate('
        );
        lines = '<g fill="none" stroke="url(#a)" stroke-width=".6" opacity=".28">';
        for (uint256 i = 0; i < count; ++i) {
            lines = string.concat(lines, shape, Strings.toString((i * 180) / count), ' 210 270)"/>');
        }
        lines = string.concat(
            lines,
            '</g></g><rect x=".75" y=".75" width="418.5" height="598.5" rx="27.5" fill="none" ',
            'stroke="url(#a)" stroke-width="1.5" opacity=".55"/>'
        );
    }

    function _head(IPositionRenderer.Card calldata card, Texts memory texts) private view returns (string memory) {
        bool mature = block.timestamp >= card.maturity;
        return
            string.concat(
                '<text x="32" y="50" font-size="12" letter-spacing="2.4" fill="#fff" opacity=".72">FIXED TERM #',
                Strings.toString(card.positionId),
                '</text><rect x="302" y="32" width="86" height="26" rx="13" fill="',
                mature ? "url(#a)" : "#fff",
                mature ? '"/>' : '" fill-opacity=".12"/>',
                '<text x="345" y="49.5" font-size="11" letter-spacing="1.4" text-anchor="middle" fill="',
                mature ? '#0b0e14" font-weight="700">MATURE' : '#fff">LOCKED',
                '</text><text x="32" y="104" font-weight="600" fill="#fff" font-size="',
                _headlineSize(texts),
                '">',
                _xml(texts.principal),
                '<tspan dx="8" font-size="18" font-weight="400" opacity=".75">',
                _xml(_short(texts.stakingSymbol)),
                "</tspan></text>"
            );
    }

    function _ring(IPositionRenderer.Card calldata card) private view returns (string memory) {
        uint256 progress = _progress(card);
        return
            string.concat(
                '<g fill="none" stroke-width="12"><circle cx="210" cy="270" r="104" stroke="#000" ',
                'stroke-opacity=".38" ',
                'fill="#000" fill-opacity=".3"/>',
                progress == 0
                    ? ""
                    : string.concat(
                        '<circle cx="210" cy="270" r="104" stroke="url(#a)" stroke-linecap="round" pathLength="1000" ',
                        'transform="rotate(-90 210 270)" stroke-dasharray="',
                        Strings.toString(progress),
                        ' 1000"/>'
                    ),
                '</g><text x="210" y="276" font-size="44" font-weight="600" text-anchor="middle" fill="#fff">',
                Strings.toString((progress * 100) / _RING),
                '<tspan font-size="22" dx="2" opacity=".75">%</tspan></text>',
                '<text x="210" y="304" font-size="13" text-anchor="middle" fill="#fff" opacity=".72">',
                _timeLeft(card),
                "</text>"
            );
    }

    function _figures(IPositionRenderer.Card calldata card, Texts memory texts) private view returns (string memory) {
        bool mature = block.timestamp >= card.maturity;
        return
            string.concat(
                '<g font-size="14" fill="#fff">',
                _row(424, "APR", texts.rate, ""),
                _row(450, "Reward", texts.reward, texts.rewardsSymbol),
                _row(476, "Opened", texts.opened, ""),
                _row(502, "Maturity", texts.matures, ""),
                _row(528, "Leaving now costs", mature ? "nothing" : texts.penalty, mature ? "" : texts.stakingSymbol),
                mature || card.forfeitedReward == 0
                    ? ""
                    : _row(550, "and accrued reward of", texts.forfeited, texts.rewardsSymbol),
                "</g>"
            );
    }

    function _row(
        uint256 y,
        string memory label,
        string memory value,
        string memory symbol
    ) private pure returns (string memory) {
        string memory height = Strings.toString(y);
        return
            string.concat(
                '<text x="32" y="',
                height,
                '" opacity=".66">',
                label,
                '</text><text x="388" y="',
                height,
                '" text-anchor="end" font-weight="500">',
                _xml(value),
                bytes(symbol).length == 0
                    ? ""
                    : string.concat('<tspan dx="5" font-weight="400" opacity=".75">', _xml(_short(symbol)), "</tspan>"),
                "</text>"
            );
    }

    function _foot(IPositionRenderer.Card calldata card) private pure returns (string memory) {
        return
            string.concat(
                '<text x="210" y="580" font-size="8.5" letter-spacing=".6" text-anchor="middle" fill="#fff" ',
                'opacity=".45" ',
                'font-family="ui-monospace,Menlo,Consolas,monospace">',
                Strings.toChecksumHexString(card.pool),
                "</text>"
            );
    }

    /// @dev Elapsed part of the term in thousandths, rounded down: the ring closes at maturity and not before.
    function _progress(IPositionRenderer.Card calldata card) private view returns (uint256) {
        if (block.timestamp >= card.maturity) return _RING;
        if (block.timestamp <= card.openedAt) return 0;
        return ((block.timestamp - card.openedAt) * _RING) / (card.maturity - card.openedAt);
    }

    function _timeLeft(IPositionRenderer.Card calldata card) private view returns (string memory) {
        if (block.timestamp >= card.maturity) return "ready to withdraw";
        uint256 left = card.maturity - block.timestamp;
        if (left < 1 hours) return "less than an hour left";
        if (left < 2 hours) return "1 hour left";
        if (left < 2 days) return string.concat(Strings.toString(left / 1 hours), " hours left");
        return string.concat(Strings.toString(left / 1 days), " days left");
    }

    /// @dev The headline shrinks as principal and symbol grow, so that it ends before the card's edge.
    function _headlineSize(Texts memory texts) private pure returns (string memory) {
        (uint256 symbolWidth, ) = _measure(bytes(_short(texts.stakingSymbol)));
        uint256 width = bytes(texts.principal).length + symbolWidth / 2;
        if (width <= 11) return "40";
        if (width <= 16) return "30";
        if (width <= 21) return "23";
        return "19";
    }

    function _short(string memory text) private pure returns (string memory) {
        bytes memory full = bytes(text);
        (uint256 width, uint256 kept) = _measure(full);
        if (width <= _SYMBOL_WIDTH) return text;
        bytes memory cut = new bytes(kept);
        for (uint256 i = 0; i < kept; ++i) cut[i] = full[i];
        return string.concat(string(cut), unicode"…");
    }

    /// @dev The width of clean UTF-8, and how many of its bytes leave room for an ellipsis.
    function _measure(bytes memory text) private pure returns (uint256 width, uint256 kept) {
        uint256 offset;
        while (offset < text.length) {
            (uint256 size, ) = Utf8.decode(text, offset, text.length);
            offset += size;
            width += size < 3 ? 1 : 2;
            if (width < _SYMBOL_WIDTH) kept = offset;
        }
    }

    /// @dev Escapes what XML reads as markup.
    function _xml(string memory text) private pure returns (string memory escaped) {
        bytes memory raw = bytes(text);
        for (uint256 i = 0; i < raw.length; ++i) {
            bytes1 char = raw[i];
            if (char == "&") escaped = string.concat(escaped, "&amp;");
            else if (char == "<") escaped = string.concat(escaped, "&lt;");
            else if (char == ">") escaped = string.concat(escaped, "&gt;");
            else if (char == '"') escaped = string.concat(escaped, "&quot;");
            else if (char == "'") escaped = string.concat(escaped, "&apos;");
            else escaped = string.concat(escaped, string(abi.encodePacked(char)));
        }
    }
}

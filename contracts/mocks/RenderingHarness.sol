// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CivilDate} from "../libraries/CivilDate.sol";
import {DecimalFormat} from "../libraries/DecimalFormat.sol";

/// @notice Makes the renderer's pure libraries callable from tests.
contract RenderingHarness {
    function date(uint256 time) external pure returns (string memory) {
        return CivilDate.format(time);
    }

    function dates(uint256[] calldata times) external pure returns (string[] memory written) {
        written = new string[](times.length);
        for (uint256 i = 0; i < times.length; ++i) written[i] = CivilDate.format(times[i]);
    }

    function amount(uint256 units, uint8 decimals, bool up) external pure returns (string memory) {
        return DecimalFormat.format(units, decimals, up);
    }

    function percent(uint256 share, uint256 one) external pure returns (string memory) {
        return DecimalFormat.percent(share, one);
    }
}

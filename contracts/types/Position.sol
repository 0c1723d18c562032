// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RenewOrder} from "./RenewOrder.sol";

/// @notice One slot of a fixed-term pool: everything that a position was promised, and its auto-renew order.
/// @param principal Base units of the staking token.
/// @param reward Base units of the rewards token, paid at maturity.
/// @param maturity Unix time of maturity, in seconds.
/// @param termId Id of the term.
/// @param order Its auto-renew order, or `RenewOrderLib.NONE`.
struct Position {
    uint96 principal;
    uint96 reward;
    uint32 maturity;
    uint8 termId;
    RenewOrder order;
}

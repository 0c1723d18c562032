// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {Position} from "../types/Position.sol";
import {FixedTermTerms} from "./FixedTermTerms.sol";

/// @title FixedTermPositions
/// @notice The positions of a fixed-term pool as ERC-721, who may act on them, and standing orders to renew.
/// @dev No enumeration: an account's ids come from `Transfer` events. Minted without a receiver callback.
abstract contract FixedTermPositions is ERC721, FixedTermTerms {
    /// @dev A standing order; it counts only while its position's flag is set.
    struct RenewOrder {
        uint16 termId;
        uint64 minRate;
    }

    mapping(uint256 positionId => Position) internal _positions;
    mapping(uint256 positionId => RenewOrder) private _orders;

    constructor() ERC721("Termstake Position", "TERM") {}

    /* STAKERS */

    /// @inheritdoc IFixedTermPool
    function setAutoRenew(uint256 positionId, uint256 termId, uint256 minRate) external {
        _requireAuthorized(positionId);
        uint256 rate = _openTerm(termId).rate;
        require(rate >= minRate, PoolRateBelowMinimum(rate, minRate));

        _positions[positionId] = _positions[positionId].withAutoRenew(true);
        _orders[positionId] = RenewOrder(uint16(termId), uint64(minRate)); // a known term; at most its rate
        emit AutoRenewSet(positionId, termId, minRate);
    }

    /// @inheritdoc IFixedTermPool
    function cancelAutoRenew(uint256 positionId) external {
        _requireAuthorized(positionId);
        _clearOrder(positionId);
    }

    /* VIEWS */

    /// @inheritdoc IFixedTermPool
    function autoRenewOrder(uint256 positionId) external view returns (uint256 termId, uint256 minRate) {
        if (!_positions[positionId].autoRenew()) return (0, 0);
        RenewOrder memory order = _orders[positionId];
        return (order.termId, order.minRate);
    }

    /// @inheritdoc IFixedTermPool
    function positionCount() public view virtual returns (uint256);

    /* INTERNAL */

    function _mintPosition(address owner, uint256 positionId, Position position_) internal {
        _positions[positionId] = position_;
        _mint(owner, positionId);
        emit Opened(
            positionId,
            owner,
            position_.termId(),
            position_.principal(),
            position_.reward(),
            position_.maturity()
        );
    }

    function _burnPosition(uint256 positionId) internal {
        _burn(positionId);
        _positions[positionId] = Position.wrap(0);
    }

    function _ownerOfKnown(uint256 positionId) internal view returns (address owner) {
        owner = _ownerOf(positionId);
        if (owner != address(0)) return owner;
        require(positionId != 0 && positionId <= positionCount(), PoolPositionUnknown(positionId));
        revert PoolPositionClosed(positionId);
    }

    function _requireAuthorized(uint256 positionId) internal view returns (address owner) {
        owner = _ownerOfKnown(positionId);
        require(_isAuthorized(owner, msg.sender, positionId), PoolNotAuthorized(msg.sender, positionId));
    }

    /// @dev Owner and approved may renew as they like; anybody else only within a standing order.
    function _requireRenewable(
        uint256 positionId,
        Position position_,
        uint256 termId
    ) internal view returns (address owner) {
        owner = _ownerOfKnown(positionId);
        if (_isAuthorized(owner, msg.sender, positionId)) return owner;
        RenewOrder memory order = _orders[positionId];
        require(position_.autoRenew() && order.termId == termId, PoolNotAuthorized(msg.sender, positionId));
    }

    function _clearOrder(uint256 positionId) private {
        _positions[positionId] = _positions[positionId].withAutoRenew(false);
        emit AutoRenewCleared(positionId);
    }

    /// @dev A position sent to the pool would be lost; a standing order ends with a transfer.
    function _update(address to, uint256 positionId, address auth) internal override returns (address from) {
        require(to != address(this), PoolInvalidReceiver(to));
        from = super._update(to, positionId, auth);
        if (from != address(0) && to != address(0) && _positions[positionId].autoRenew()) _clearOrder(positionId);
    }
}

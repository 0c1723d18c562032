// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {Position} from "../types/Position.sol";
import {RenewOrder, RenewOrderLib} from "../types/RenewOrder.sol";
import {FixedTermTerms} from "./FixedTermTerms.sol";

/// @title FixedTermPositions
/// @notice The positions of a fixed-term pool as ERC-721, who may act on them, and auto-renew.
/// @dev No enumeration: an account's ids come from `Transfer` events. Minted without a receiver callback.
abstract contract FixedTermPositions is ERC721, FixedTermTerms {
    uint256 private constant _SHORTEST_WINDOW = 1 hours;
    uint256 private constant _LONGEST_WINDOW = 30 days;

    mapping(uint256 positionId => Position) internal _positions;

    constructor() ERC721("Termstake Position", "TERM") {}

    /* STAKERS */

    /// @inheritdoc IFixedTermPool
    function setAutoRenew(uint256 positionId, uint256 termId, uint256 window, bool repeats) external {
        address owner = _requireAuthorized(positionId);
        require(!repeats || msg.sender == owner, PoolNotOwner(msg.sender, positionId));
        _openTerm(termId);
        require(
            window >= _SHORTEST_WINDOW && window <= _LONGEST_WINDOW && window % RenewOrderLib.WINDOW_UNIT == 0,
            PoolAutoRenewWindowOutOfRange(window, _SHORTEST_WINDOW, _LONGEST_WINDOW)
        );
        RenewOrder order = RenewOrderLib.pack(termId, window, repeats);
        _requireNotLapsed(positionId, _positions[positionId].maturity(), order);

        _positions[positionId] = _positions[positionId].withOrder(order);
        _emitOrder(positionId, order);
    }

    /// @inheritdoc IFixedTermPool
    function cancelAutoRenew(uint256 positionId) external {
        _requireAuthorized(positionId);
        _clearOrder(positionId);
    }

    /* VIEWS */

    /// @inheritdoc IFixedTermPool
    function autoRenewOrder(uint256 positionId) external view returns (uint256 termId, uint256 window, bool repeats) {
        RenewOrder order = _positions[positionId].order();
        return (order.termId(), order.window(), order.repeats());
    }

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
        if (position_.order().isSet()) _emitOrder(positionId, position_.order());
    }

    function _burnPosition(uint256 positionId) internal {
        _burn(positionId);
        _positions[positionId] = Position.wrap(0);
    }

    function _ownerOfKnown(uint256 positionId) internal view returns (address owner) {
        owner = _ownerOf(positionId);
        if (owner != address(0)) return owner;
        require(positionId != 0 && positionId <= _totals.lastPositionId, PoolPositionUnknown(positionId));
        revert PoolPositionClosed(positionId);
    }

    function _requireAuthorized(uint256 positionId) internal view returns (address owner) {
        owner = _ownerOfKnown(positionId);
        require(_isAuthorized(owner, msg.sender, positionId), PoolNotAuthorized(msg.sender, positionId));
    }

    /// @dev Owner and approved may renew as they like; anybody else only as the owner's order says, until it lapses.
    function _requireRenewable(
        uint256 positionId,
        Position position_,
        uint256 termId
    ) internal view returns (address owner) {
        owner = _ownerOfKnown(positionId);
        if (_isAuthorized(owner, msg.sender, positionId)) return owner;
        RenewOrder order = position_.order();
        require(order.isSet() && order.termId() == termId, PoolNotAuthorized(msg.sender, positionId));
        _requireNotLapsed(positionId, position_.maturity(), order);
    }

    /// @dev Whether anyone may renew the position at maturity, or may still: there is an order, and it has not lapsed.
    function _isInForce(Position position_) internal view returns (bool) {
        return position_.order().isSet() && block.timestamp <= position_.maturity() + position_.order().window();
    }

    /// @dev The order that a renewal in `termId` leaves to the new position: one that repeats, in its own term.
    function _orderAfter(RenewOrder order, uint256 termId) internal pure returns (RenewOrder) {
        return order.repeats() && order.termId() == termId ? order : RenewOrderLib.NONE;
    }

    function _requireNotLapsed(uint256 positionId, uint256 maturity, RenewOrder order) private view {
        uint256 until = maturity + order.window();
        require(block.timestamp <= until, PoolAutoRenewLapsed(positionId, until));
    }

    function _clearOrder(uint256 positionId) private {
        _positions[positionId] = _positions[positionId].withOrder(RenewOrderLib.NONE);
        emit AutoRenewCleared(positionId);
    }

    function _emitOrder(uint256 positionId, RenewOrder order) private {
        emit AutoRenewSet(positionId, order.termId(), order.window(), order.repeats());
    }

    /// @dev A position sent to the pool would be lost; an order ends with a transfer.
    function _update(address to, uint256 positionId, address auth) internal override returns (address from) {
        require(to != address(this), PoolInvalidReceiver(to));
        from = super._update(to, positionId, auth);
        if (from != address(0) && to != address(0) && _positions[positionId].order().isSet()) _clearOrder(positionId);
    }
}

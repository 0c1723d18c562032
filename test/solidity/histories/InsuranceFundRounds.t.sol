// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IInsuranceFund} from "../../../contracts/interfaces/IInsuranceFund.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "../helpers/Artifact.sol";

interface Clock {
    function warp(uint256 timestamp) external;
}

/// @notice Random histories of rounds of four claims, whose totals are right, too low or too high.
contract InsuranceFundRoundsTest {
    struct Claims {
        uint256[4] indices;
        uint256[4] amounts;
        bytes32[4] leaves;
        bool[4] paid;
        uint256 total;
        uint256 left;
        bool closed;
    }

    Clock private constant _CLOCK = Clock(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant _STEPS = 40;

    IInsuranceFund private _fund;
    PlainToken private _token;
    Claims[] private _rounds;
    uint256 private _reserved;
    uint256 private _now = 1_800_000_000; // the optimizer may read the block's own time once and keep it

    function setUp() external {
        _CLOCK.warp(_now);
        _token = PlainToken(
            Artifact.deploy("contracts/mocks/tokens/PlainToken.sol:PlainToken", abi.encode("Token", "TOKEN", 18))
        );
        _fund = IInsuranceFund(
            Artifact.deploy("contracts/InsuranceFund.sol:InsuranceFund", abi.encode(address(this), 2 days))
        );
    }

    /// @dev The test is its own authority: governance acts at once.
    function canCall(address, address, bytes4) external pure returns (bool, uint32) {
        return (true, 0);
    }

    function testFuzz_EveryHistoryPaysEachClaimOnceAndNoRoundMoreThanItsTotal(uint256 seed, uint256 scale) external {
        scale %= 126;
        for (uint256 step; step < _STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            _now += (seed >> 200) % 4 == 0 ? (seed >> 208) % 12 days : 0;
            _CLOCK.warp(_now);
            uint256 action = seed % 8;
            if (action == 0) _token.mint(address(_fund), (seed >> 8) % (8 << scale));
            else if (action == 1 || _rounds.length == 0) _publish(seed >> 8, scale);
            else if (action == 2) _cancel((seed >> 8) % _rounds.length);
            else if (action == 3) _close((seed >> 8) % _rounds.length);
            else _claim((seed >> 8) % _rounds.length, (seed >> 16) % 4);

            assert(_fund.reserved(address(_token)) == _reserved);
            assert(_fund.available(address(_token)) == _token.balanceOf(address(_fund)) - _reserved);
        }
    }

    function testFuzz_LeafIsBoundToEverything(uint256 index, address account, uint256 amount, uint8 bit) external {
        _token.mint(address(_fund), 2);
        for (uint256 i; i < 2; ++i) _fund.publishRound(i, address(_token), 0, 1, 2 days, 30 days);
        bytes32 leaf = _fund.leaf(0, index, account, amount);
        bytes memory claim = abi.encode(
            block.chainid,
            address(_fund),
            uint256(0),
            index,
            account,
            address(_token),
            amount
        );
        assert(leaf == keccak256(bytes.concat(keccak256(claim))));
        assert(leaf != _fund.leaf(1, index, account, amount));
        assert(leaf != _fund.leaf(0, index ^ (1 << bit), account, amount));
        assert(leaf != _fund.leaf(0, index, address(uint160(account) ^ uint160(1 << (bit % 160))), amount));
        assert(leaf != _fund.leaf(0, index, account, amount ^ (1 << bit)));
    }

    function _publish(uint256 random, uint256 scale) private {
        uint256 id = _rounds.length;
        Claims memory round;
        for (uint256 i; i < 4; ++i) {
            round.indices[i] = uint256(keccak256(abi.encode(random, i))) >> ((random >> i) % 2 == 0 ? 0 : 246);
            round.amounts[i] = uint256(keccak256(abi.encode(i, random))) % (1 << scale);
            round.total += round.amounts[i];
        }
        // One in three is too low for its claims, one in three is higher than they need.
        if (random % 3 == 0) round.total = round.total / 2;
        if (random % 3 == 1) round.total += 1;
        round.total = Math.max(round.total, 1);
        uint256 available = _fund.available(address(_token));
        if (round.total > available) {
            try _fund.publishRound(id, address(_token), 0, round.total, 2 days, 30 days) {
                assert(false);
            } catch (bytes memory reason) {
                assert(bytes4(reason) == IInsuranceFund.InsuranceNotCovered.selector);
            }
            return;
        }
        for (uint256 i; i < 4; ++i) round.leaves[i] = _leaf(id, round.indices[i], i, round.amounts[i]);
        bytes32 root = Hashes.commutativeKeccak256(_pair(round.leaves, 0), _pair(round.leaves, 2));
        _fund.publishRound(id, address(_token), root, round.total, 2 days + (random % 5 days), 30 days);
        round.left = round.total;
        _reserved += round.total;
        _rounds.push(round);
    }

    function _claim(uint256 id, uint256 i) private {
        Claims storage round = _rounds[id];
        bytes32[] memory proof = new bytes32[](2);
        proof[0] = round.leaves[i ^ 1];
        proof[1] = _pair(round.leaves, i < 2 ? 2 : 0);
        bool twice = _fund.isClaimed(id, round.indices[i]); // indices are random: two claims may share one
        IInsuranceFund.Round memory state = _fund.rounds(id);
        bool open = !state.closed && _now >= state.opensAt && _now < state.expiresAt;
        bool payable_ = open && !twice && round.amounts[i] <= round.left;
        uint256 before = _token.balanceOf(_account(i));
        try _fund.claim(id, round.indices[i], _account(i), round.amounts[i], proof) {
            assert(payable_ && !round.paid[i]);
            assert(_token.balanceOf(_account(i)) - before == round.amounts[i]);
            assert(_fund.isClaimed(id, round.indices[i]));
            round.paid[i] = true;
            round.left -= round.amounts[i];
            _reserved -= round.amounts[i];
        } catch {
            assert(!payable_);
        }
    }

    function _cancel(uint256 id) private {
        bool possible = !_rounds[id].closed && _now < _fund.rounds(id).opensAt;
        try _fund.cancelRound(id) {
            assert(possible);
            _release(id);
        } catch {
            assert(!possible);
        }
    }

    function _close(uint256 id) private {
        bool possible = !_rounds[id].closed && _now >= _fund.rounds(id).expiresAt;
        try _fund.closeRound(id) returns (uint256 returned) {
            assert(possible && returned == _rounds[id].left);
            _release(id);
        } catch {
            assert(!possible);
        }
    }

    function _release(uint256 id) private {
        Claims storage round = _rounds[id];
        _reserved -= round.left;
        round.left = 0;
        round.closed = true;
    }

    function _leaf(uint256 id, uint256 index, uint256 i, uint256 amount) private view returns (bytes32) {
        bytes memory claim = abi.encode(block.chainid, address(_fund), id, index, _account(i), address(_token), amount);
        return keccak256(bytes.concat(keccak256(claim)));
    }

    function _pair(bytes32[4] memory leaves, uint256 first) private pure returns (bytes32) {
        return Hashes.commutativeKeccak256(leaves[first], leaves[first + 1]);
    }

    function _account(uint256 i) private pure returns (address) {
        return address(uint160(0xA000 + i));
    }
}

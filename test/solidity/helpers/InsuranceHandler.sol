// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {IInsuranceFund} from "../../../contracts/interfaces/IInsuranceFund.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "./Artifact.sol";
import {Handler} from "./Handler.sol";
import {vm} from "./Vm.sol";

/// @notice Everything that anybody does to an insurance fund: payers, claimants, governance, thieves and time. Rounds are of
/// four claims in one of two tokens; their totals are right, too low or too high.
contract InsuranceHandler is Handler {
    /// @dev How many rounds may be open at once, so that the checks stay quick.
    uint256 internal constant MOST_OPEN = 16;
    uint256 internal constant MINIMUM_DELAY = 3 days;

    struct Claims {
        PlainToken token;
        uint256[4] amounts;
        bytes32[4] leaves;
        bool[4] paid;
        uint256 left;
        bool closed;
    }

    IInsuranceFund public immutable FUND;

    mapping(PlainToken token => uint256) public received;
    mapping(PlainToken token => uint256) public paid;
    Claims[] private _rounds;
    uint256[] private _open;

    constructor() Handler(false) {
        FUND = IInsuranceFund(
            Artifact.deploy("contracts/InsuranceFund.sol:InsuranceFund", abi.encode(address(this), MINIMUM_DELAY))
        );
    }

    function selectors() external pure override returns (bytes4[] memory list) {
        list = new bytes4[](9);
        list[0] = this.warp.selector;
        list[1] = this.pay.selector;
        list[2] = this.publish.selector;
        list[3] = this.publishTooMuch.selector;
        list[4] = this.cancel.selector;
        list[5] = this.claim.selector;
        list[6] = this.claimWhileRefused.selector;
        list[7] = this.close.selector;
        list[8] = this.attack.selector;
    }

    function pay(uint256 seed, uint256 amount) external {
        PlainToken token = _token(seed);
        amount = between(mix(amount), 1, 1e24);
        token.mint(address(FUND), amount);
        received[token] += amount;
    }

    /* GOVERNANCE */

    function publish(uint256 seed) external {
        PlainToken token = _token(seed);
        uint256 available = FUND.available(address(token));
        if (available < 100 || _open.length == MOST_OPEN) return;
        uint256 id = _rounds.length;
        Claims storage round = _rounds.push();
        round.token = token;
        uint256 total;
        for (uint256 i = 0; i < 4; ++i) {
            round.amounts[i] = between(mix(seed), 0, available / 8);
            total += round.amounts[i];
        }
        uint256 kind = mix(seed) % 3;
        if (kind == 0) total /= 2;
        if (kind == 1 || total == 0) total += 1;
        for (uint256 i = 0; i < 4; ++i) round.leaves[i] = _leaf(id, i);
        round.left = total;
        _open.push(id);
        _publish(id, seed);
        count("published");
    }

    function _publish(uint256 id, uint256 seed) private {
        Claims storage round = _rounds[id];
        bytes32 root = Hashes.commutativeKeccak256(_pair(round, 0), _pair(round, 2));
        uint256 delay = between(mix(seed), MINIMUM_DELAY, 20 days);
        uint256 window = between(mix(seed), 30 days, 90 days);
        FUND.publishRound(id, address(round.token), root, round.left, delay, window);
    }

    /// @notice A round that is not covered, and one that would pay too soon for anybody to stop it.
    function publishTooMuch(uint256 seed) external {
        PlainToken token = _token(seed);
        uint256 available = FUND.available(address(token));
        uint256 total = available + between(mix(seed), 1, 1e20);
        vm.expectRevert();
        FUND.publishRound(_rounds.length, address(token), bytes32(0), total, MINIMUM_DELAY, 30 days);
        count("uncovered round refused");
        if (available == 0) return;
        vm.expectRevert();
        FUND.publishRound(_rounds.length, address(token), bytes32(0), 1, MINIMUM_DELAY - 1, 30 days);
        count("hasty round refused");
    }

    /* GUARDIAN */

    function cancel(uint256 seed) external {
        (uint256 id, bool found) = _someRound(seed);
        if (!found || mix(seed) % 3 != 0) return;
        uint256 last = _open[_open.length - 1];
        if (mix(seed) % 2 == 0) id = last; // the youngest, as a rule
        bool possible = block.timestamp < FUND.rounds(id).opensAt;
        vm.prank(GUARDIAN);
        if (!possible) vm.expectRevert();
        FUND.cancelRound(id);
        if (possible) _release(id);
        count(possible ? bytes32("cancelled") : bytes32("cancellation refused"));
    }

    /* ANYONE */

    /// @notice Anybody claims for an account: it is paid once, within the time, and never above the round's total.
    function claim(uint256 seed, uint256 place) external {
        (uint256 id, bool found) = _someRound(seed);
        if (!found) return;
        uint256 first = mix(place) % 4;
        uint256 many = mix(place) % 3 == 0 ? 4 : 1;
        for (uint256 i = 0; i < many; ++i) _claim(id, (first + i) % 4, actor(mix(seed)));
    }

    /// @notice The token refuses to pay the account, which claims later.
    function claimWhileRefused(uint256 seed, uint256 place) external {
        (uint256 id, bool found) = _someRound(seed);
        if (!found) return;
        place = mix(place) % 4;
        Claims storage round = _rounds[id];
        if (round.amounts[place] == 0) return;
        bytes32[] memory proof = _proof(id, place);
        setBlocked(round.token, _claimant(place), true);
        vm.expectRevert();
        FUND.claim(id, place, _claimant(place), round.amounts[place], proof);
        setBlocked(round.token, _claimant(place), false);
        require(FUND.isClaimed(id, place) == round.paid[place], "a refused claim is not claimed");
        count("payment refused");
    }

    function _claim(uint256 id, uint256 place, address caller) private {
        Claims storage round = _rounds[id];
        IInsuranceFund.Round memory state = FUND.rounds(id);
        address account = _claimant(place);
        uint256 amount = round.amounts[place];
        bytes32[] memory proof = _proof(id, place);
        bool inTime = block.timestamp >= state.opensAt && block.timestamp < state.expiresAt;
        bool due = inTime && !round.paid[place] && amount <= round.left;
        uint256 held = round.token.balanceOf(account);
        vm.prank(caller);
        if (!due) vm.expectRevert();
        FUND.claim(id, place, account, amount, proof);
        require(round.token.balanceOf(account) == held + (due ? amount : 0), "the account is paid, once and in time");
        if (!inTime) count("claim out of time");
        else if (round.paid[place]) count("claimed twice");
        else if (amount > round.left) count("round exhausted");
        if (!due) return;
        round.paid[place] = true;
        round.left -= amount;
        paid[round.token] += amount;
        count("claimed");
    }

    function close(uint256 seed) external {
        (uint256 id, bool found) = _someRound(seed);
        if (!found) return;
        bool possible = block.timestamp >= FUND.rounds(id).expiresAt;
        if (!possible) vm.expectRevert();
        uint256 returned = FUND.closeRound(id);
        if (!possible) return;
        require(returned == _rounds[id].left, "what was not paid is available again");
        _release(id);
        count("closed");
    }

    function attack(uint256 seed) external {
        (uint256 id, bool found) = _someRound(seed);
        if (!found) return;
        uint256 place = mix(seed) % 4;
        bytes32[] memory proof = _proof(id, place);
        uint256 amount = _rounds[id].amounts[place];
        vm.prank(ATTACKER);
        vm.expectRevert();
        FUND.claim(id, place, ATTACKER, amount, proof);
        vm.prank(ATTACKER);
        vm.expectRevert();
        FUND.claim(id, place, _claimant(place), amount + 1, proof);
        vm.prank(ATTACKER);
        vm.expectRevert();
        FUND.cancelRound(id);
        vm.expectRevert(); // not for governance either, which would cancel what the guardian let pass
        FUND.cancelRound(id);
        uint256 next = _rounds.length;
        address[2] memory thieves = [ATTACKER, GUARDIAN];
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(thieves[i]);
            vm.expectRevert();
            FUND.publishRound(next, address(STAKING), bytes32(0), 1, MINIMUM_DELAY, 30 days);
        }
        require(STAKING.balanceOf(ATTACKER) == 0 && REWARDS.balanceOf(ATTACKER) == 0, "attackers get nothing");
        count("theft refused");
    }

    /* CHECKS */

    /// @notice Every claim that a round can pay is paid in its time, every round closes, and nothing stays reserved.
    function everybodyClaims() external {
        while (_open.length != 0) {
            uint256 id = _open[0];
            IInsuranceFund.Round memory state = FUND.rounds(id);
            if (block.timestamp < state.opensAt) vm.warp(state.opensAt);
            for (uint256 place = 0; place < 4; ++place) _claim(id, place, actor(place));
            if (block.timestamp < state.expiresAt) vm.warp(state.expiresAt);
            require(FUND.closeRound(id) == _rounds[id].left, "what was not paid is available again");
            _release(id);
        }
        require(FUND.reserved(address(STAKING)) == 0 && FUND.reserved(address(REWARDS)) == 0, "nothing stays reserved");
    }

    /// @notice What open rounds of a token have left.
    function left(PlainToken token) external view returns (uint256 sum) {
        for (uint256 i = 0; i < _open.length; ++i) {
            Claims storage round = _rounds[_open[i]];
            if (round.token == token) sum += round.left;
        }
    }

    /// @notice Lets time pass: mostly days, since rounds live for months.
    function warp(uint256 seed) public override {
        seed = mix(seed);
        vm.warp(block.timestamp + (seed % 8 == 0 ? seed % 60 days : seed % 5 days));
    }

    function _someRound(uint256 seed) private returns (uint256 id, bool found) {
        if (_open.length == 0) return (0, false);
        return (_open[mix(seed) % _open.length], true);
    }

    function _release(uint256 id) private {
        for (uint256 i = 0; i < _open.length; ++i) {
            if (_open[i] != id) continue;
            _open[i] = _open[_open.length - 1];
            _open.pop();
        }
        _rounds[id].left = 0;
        _rounds[id].closed = true;
    }

    function _token(uint256 seed) private returns (PlainToken) {
        return mix(seed) % 2 == 0 ? STAKING : REWARDS;
    }

    function _claimant(uint256 place) private pure returns (address) {
        return address(uint160(0xC1A1A000 + place));
    }

    function _leaf(uint256 id, uint256 place) private view returns (bytes32) {
        Claims storage round = _rounds[id];
        bytes memory claim_ = abi.encode(
            block.chainid,
            address(FUND),
            id,
            place,
            _claimant(place),
            address(round.token),
            round.amounts[place]
        );
        return keccak256(bytes.concat(keccak256(claim_)));
    }

    function _pair(Claims storage round, uint256 first) private view returns (bytes32) {
        return Hashes.commutativeKeccak256(round.leaves[first], round.leaves[first + 1]);
    }

    function _proof(uint256 id, uint256 place) private view returns (bytes32[] memory proof) {
        Claims storage round = _rounds[id];
        proof = new bytes32[](2);
        proof[0] = round.leaves[place ^ 1];
        proof[1] = _pair(round, place < 2 ? 2 : 0);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IPositionRenderer} from "./interfaces/IPositionRenderer.sol";
import {TokenMetadata} from "./libraries/TokenMetadata.sol";
import {CivilDate} from "./libraries/CivilDate.sol";
import {DecimalFormat} from "./libraries/DecimalFormat.sol";
import {SvgCard} from "./libraries/SvgCard.sol";

/// @title PositionRenderer
/// @notice Draws a fixed-term position as an ERC-721 metadata URI; stateless, so that one serves every pool.
/// @dev What tokens say of themselves reaches this contract as bounded, clean UTF-8 (`TokenMetadata`) and leaves it
/// escaped: for JSON here, for XML in `SvgCard`.
contract PositionRenderer is IPositionRenderer {
    /// @inheritdoc IPositionRenderer
    function tokenURI(Card calldata card) external view returns (string memory) {
        SvgCard.Texts memory texts = _texts(card);
        string memory json = string.concat(
            '{"name":"',
            Strings.escapeJSON(_name(card, texts)),
            '","description":"A fixed-term staking position. Its owner receives principal and reward at maturity, ',
            'or leaves earlier at the penalty shown.","image":"data:image/svg+xml;base64,',
            Base64.encode(bytes(SvgCard.draw(card, texts))),
            '","attributes":[',
            _attributes(card, texts),
            "]}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(bytes(json)));
    }

    function _texts(Card calldata card) private view returns (SvgCard.Texts memory texts) {
        uint8 stakingDecimals;
        uint8 rewardsDecimals;
        (texts.stakingSymbol, stakingDecimals) = _unit(card.stakingToken);
        (texts.rewardsSymbol, rewardsDecimals) = _unit(card.rewardsToken);
        texts.principal = DecimalFormat.format(card.principal, stakingDecimals, false);
        texts.reward = DecimalFormat.format(card.reward, rewardsDecimals, false);
        texts.penalty = DecimalFormat.format(card.principalPenalty, stakingDecimals, true);
        texts.forfeited = DecimalFormat.format(card.forfeitedReward, rewardsDecimals, true);
        texts.rate = DecimalFormat.percent(card.rate, 1e18);
        texts.opened = CivilDate.format(card.openedAt);
        texts.matures = CivilDate.format(card.maturity);
    }

    /// @dev What amounts are written in: base units, called so, of a token that does not say how many decimals it has.
    function _unit(address token) private view returns (string memory symbol, uint8 decimals) {
        bool known;
        (known, decimals) = TokenMetadata.decimals(token);
        symbol = known ? TokenMetadata.symbol(token) : "base units";
        if (bytes(symbol).length == 0) symbol = "units";
    }

    function _name(Card calldata card, SvgCard.Texts memory texts) private pure returns (string memory) {
        return
            string.concat(
                "Position #",
                Strings.toString(card.positionId),
                ": ",
                texts.principal,
                " ",
                texts.stakingSymbol,
                " until ",
                texts.matures
            );
    }

    function _attributes(Card calldata card, SvgCard.Texts memory texts) private view returns (string memory) {
        return
            string.concat(
                _trait("Principal", string.concat(texts.principal, " ", texts.stakingSymbol)),
                ",",
                _trait("Reward", string.concat(texts.reward, " ", texts.rewardsSymbol)),
                ",",
                _trait("APR", texts.rate),
                ",",
                _trait("Status", block.timestamp < card.maturity ? "Locked" : "Mature"),
                ",",
                _dateTrait("Opened", card.openedAt),
                ",",
                _dateTrait("Maturity", card.maturity),
                ",",
                _trait("Penalty now", string.concat(texts.penalty, " ", texts.stakingSymbol))
            );
    }

    function _trait(string memory name, string memory value) private pure returns (string memory) {
        return string.concat('{"trait_type":"', name, '","value":"', Strings.escapeJSON(value), '"}');
    }

    function _dateTrait(string memory name, uint256 time) private pure returns (string memory) {
        return string.concat('{"trait_type":"', name, '","display_type":"date","value":', Strings.toString(time), "}");
    }
}

// What tokens refuse, and what contracts refuse of tokens. Positions are tokens too: of ERC-721.
import { counted, grouped } from "../writing.ts";
import type { Sentences } from "./types.ts";

export const TOKEN_SENTENCES = {
  TokenWithoutCode: ({ token }, { address }) =>
    `There is no contract at ${address(token)}: check the address and the network.`,
  TokenNothingReceived: ({ token, amount: wanted }, { amount, address }) =>
    `The token ${address(token)} reported a transfer of ${amount(wanted, token)}, but nothing arrived.`,
  SafeERC20FailedOperation: ({ token }, { address }) =>
    `The token ${address(token)} refused the transfer: check your balance and what you approved, and whether the token is paused.`,

  ERC20InsufficientBalance: ({ sender, balance, needed }, { amount, address }) =>
    `${address(sender)} has ${amount(balance, undefined)} of the token, and this needs ${amount(needed, undefined)}.`,
  ERC20InsufficientAllowance: ({ spender, allowance, needed }, { amount, address }) =>
    `${address(spender)} is approved to take ${amount(allowance, undefined)} of the token, and this needs ` +
    `${amount(needed, undefined)}: approve that much first.`,
  ERC20InvalidApprover: ({ approver }, { address }) => `The token lets ${address(approver)} approve nobody.`,
  ERC20InvalidReceiver: ({ receiver }, { address }) => `The token cannot be sent to ${address(receiver)}.`,
  ERC20InvalidSender: ({ sender }, { address }) => `The token cannot be sent from ${address(sender)}.`,
  ERC20InvalidSpender: ({ spender }, { address }) => `The token cannot be approved to ${address(spender)}.`,
  EnforcedPause: () => "The token is paused by those who govern it and cannot be moved now.",
  ExpectedPause: () => "The token is not paused, and this is possible only while it is.",

  ERC2612ExpiredSignature: ({ deadline }, { time }) =>
    `The signed permit was good until ${time(deadline)}: sign a new one.`,
  ERC2612InvalidSigner: ({ signer, owner }, { address }) =>
    `The permit was signed by ${address(signer)} and not by the owner ${address(owner)}: sign with the account that owns the tokens.`,
  InvalidAccountNonce: ({ account, currentNonce }, { address }) =>
    `The signature was used before or is out of turn: the next number of ${address(account)} is ${grouped(currentNonce)}, so sign again.`,
  ECDSAInvalidSignature: () => "The signature is not valid: sign again.",
  ECDSAInvalidSignatureLength: ({ length }) =>
    `A signature of ${counted(length, "byte")} is not valid: it has to have 65 bytes.`,
  ECDSAInvalidSignatureS: ({ s }) =>
    `The signature is not valid, since its second half ${s} is above the middle of its range.`,
  Create2EmptyBytecode: () => "There is no code to create a contract of.",
  FailedDeployment: () => "A contract could not be created: its constructor refused, or one is there already.",
  InvalidShortString: () => "A text that is stored in one word is not valid.",
  StringTooLong: ({ str }) => `The text "${str}" is too long to be stored in one word of 31 bytes.`,

  ERC721NonexistentToken: ({ tokenId }) => `Position ${tokenId} does not exist, or no longer.`,
  ERC721IncorrectOwner: ({ sender, tokenId, owner }, { address }) =>
    `Position ${tokenId} belongs to ${address(owner)} and not to ${address(sender)}.`,
  ERC721InsufficientApproval: ({ operator, tokenId }, { address }) =>
    `${address(operator)} is not approved for position ${tokenId}: its owner has to approve that first.`,
  ERC721InvalidApprover: ({ approver }, { address }) =>
    `${address(approver)} may not approve anybody for this position: only its owner and the owner's operators may.`,
  ERC721InvalidOperator: ({ operator }, { address }) => `${address(operator)} cannot be an operator over positions.`,
  ERC721InvalidOwner: ({ owner }, { address }) => `${address(owner)} cannot own positions.`,
  ERC721InvalidReceiver: ({ receiver }, { address }) =>
    `A position cannot be sent to ${address(receiver)}, which could not use it.`,
  ERC721InvalidSender: ({ sender }, { address }) => `A position cannot be sent from ${address(sender)}.`,
} satisfies Partial<Sentences>;

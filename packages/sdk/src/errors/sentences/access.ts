// What OpenZeppelin's access management and the operator's brake refuse, and what OpenZeppelin's general helpers do.
import { counted, grouped } from "../writing.ts";
import type { Sentences } from "./types.ts";

export const ACCESS_SENTENCES = {
  AccessManagedUnauthorized: ({ caller }, { address }) => `${address(caller)} does not hold the role that may do this.`,
  AccessManagedRequiredDelay: ({ caller, delay }, { address, duration }) =>
    `${address(caller)} may do this ${duration(delay)} after scheduling it with the access manager: schedule it first.`,
  AccessManagedInvalidAuthority: ({ authority }, { address }) =>
    `${address(authority)} has no code and cannot be the authority over a contract.`,
  AccessManagerAlreadyScheduled: ({ operationId }) =>
    `The operation ${operationId} is scheduled already: execute or cancel that one first.`,
  AccessManagerNotScheduled: ({ operationId }) =>
    `The operation ${operationId} is not scheduled: schedule it, and wait for its delay.`,
  AccessManagerNotReady: ({ operationId }) =>
    `The delay of the operation ${operationId} has not passed yet: wait for its end.`,
  AccessManagerExpired: ({ operationId }) =>
    `The operation ${operationId} waited too long and expired: schedule it again.`,
  AccessManagerLockedFunction: ({ selector }) =>
    `The function ${selector} of the access manager is locked and cannot be given to a role.`,
  AccessManagerLockedRole: ({ roleId }) => `The role ${roleId} is one of the two built in, which cannot be changed.`,
  AccessManagerBadConfirmation: () => "To renounce a role, the caller has to confirm with its own address.",
  AccessManagerUnauthorizedAccount: ({ msgsender, roleId }, { address }) =>
    `${address(msgsender)} does not hold the role ${roleId}, which this needs.`,
  AccessManagerUnauthorizedCall: ({ caller, target, selector }, { address }) =>
    `${address(caller)} may not call the function ${selector} of ${address(target)}.`,
  AccessManagerUnauthorizedConsume: ({ target }, { address }) =>
    `${address(target)} may not use up a scheduled operation now: only a contract that is being called for one may.`,
  AccessManagerUnauthorizedCancel: ({ msgsender, caller, target, selector }, { address }) =>
    `${address(msgsender)} may not cancel what ${address(caller)} scheduled of the function ${selector} of ${address(target)}.`,
  AccessManagerInvalidInitialAdmin: ({ initialAdmin }, { address }) =>
    `${address(initialAdmin)} cannot be the first administrator of an access manager.`,
  BrakeDelayBelowMinimum: ({ delay, minimum }, { duration }) =>
    `A delay of ${duration(delay)} is too short for an operator: choose ${duration(minimum)} or more.`,
  BrakeOperatorRemoved: ({ account }, { address }) =>
    `${address(account)} was an operator before, and what it scheduled then would come back to life: choose another account.`,
  BrakeNotOperator: ({ account }, { address }) => `${address(account)} is no operator.`,
  AddressEmptyCode: ({ target }, { address }) =>
    `There is no contract at ${address(target)}: check the address and the network.`,
  FailedCall: () => "A call to another contract failed without saying why.",
  FailedDeployment: () =>
    "The contract could not be created: its constructor refused without saying why, or its address is taken.",
  Create2EmptyBytecode: () => "There is no code to create a contract with.",
  InsufficientBalance: ({ balance, needed }) =>
    `The contract has ${grouped(balance)} wei and would need ${grouped(needed)} to send.`,
  ReentrancyGuardReentrantCall: () =>
    "A token or receiver called back into the contract while it was at work, which is not allowed.",
  SafeCastOverflowedUintDowncast: ({ bits, value }) =>
    `The number ${grouped(value)} does not fit into ${counted(bits, "bit")}: times end in February 2106, and amounts at 2^96 − 1 base units.`,
} satisfies Partial<Sentences>;

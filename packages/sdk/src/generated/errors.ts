// Generated from the build by `npm run sdk`; do not edit.

/** The values of each error, by its name. */
export interface ErrorArgs {
  AccessManagedInvalidAuthority: { readonly authority: `0x${string}` };
  AccessManagedRequiredDelay: { readonly caller: `0x${string}`; readonly delay: bigint };
  AccessManagedUnauthorized: { readonly caller: `0x${string}` };
  AccessManagerAlreadyScheduled: { readonly operationId: `0x${string}` };
  AccessManagerBadConfirmation: Record<never, never>;
  AccessManagerExpired: { readonly operationId: `0x${string}` };
  AccessManagerInvalidInitialAdmin: { readonly initialAdmin: `0x${string}` };
  AccessManagerLockedFunction: { readonly selector: `0x${string}` };
  AccessManagerLockedRole: { readonly roleId: bigint };
  AccessManagerNotReady: { readonly operationId: `0x${string}` };
  AccessManagerNotScheduled: { readonly operationId: `0x${string}` };
  AccessManagerUnauthorizedAccount: { readonly msgsender: `0x${string}`; readonly roleId: bigint };
  AccessManagerUnauthorizedCall: { readonly caller: `0x${string}`; readonly target: `0x${string}`; readonly selector: `0x${string}` };
  AccessManagerUnauthorizedCancel: { readonly msgsender: `0x${string}`; readonly caller: `0x${string}`; readonly target: `0x${string}`; readonly selector: `0x${string}` };
  AccessManagerUnauthorizedConsume: { readonly target: `0x${string}` };
  AddressEmptyCode: { readonly target: `0x${string}` };
  BrakeDelayBelowMinimum: { readonly delay: bigint; readonly minimum: bigint };
  BrakeNotOperator: { readonly account: `0x${string}` };
  BrakeOperatorRemoved: { readonly account: `0x${string}` };
  Create2EmptyBytecode: Record<never, never>;
  DistributorEpochsOutOfRange: { readonly epochs: bigint; readonly maximum: bigint };
  DistributorFeeAboveCeiling: { readonly feeBps: bigint; readonly ceilingBps: bigint };
  DistributorFullyFunded: { readonly scheduleId: bigint };
  DistributorGasTooLow: { readonly gasLeft: bigint; readonly needed: bigint };
  DistributorInvalidEpoch: { readonly epoch: bigint };
  DistributorInvalidPool: { readonly pool: `0x${string}`; readonly kind: bigint };
  DistributorInvalidReceiver: { readonly receiver: `0x${string}` };
  DistributorNotTaken: { readonly pool: `0x${string}`; readonly left: bigint };
  DistributorNothingDue: { readonly scheduleId: bigint; readonly pool: `0x${string}` };
  DistributorOnlySelf: { readonly caller: `0x${string}` };
  DistributorRescueExceedsSurplus: { readonly token: `0x${string}`; readonly amount: bigint; readonly surplus: bigint };
  DistributorScheduleEnded: { readonly scheduleId: bigint };
  DistributorScheduleUnknown: { readonly scheduleId: bigint; readonly scheduleCount: bigint };
  DistributorShareAboveWhole: { readonly shareBps: bigint; readonly wholeBps: bigint };
  DistributorStartInPast: { readonly start: bigint; readonly earliest: bigint };
  DistributorWrongToken: { readonly pool: `0x${string}`; readonly rewardsToken: `0x${string}`; readonly token: `0x${string}` };
  DistributorZeroAmount: Record<never, never>;
  ECDSAInvalidSignature: Record<never, never>;
  ECDSAInvalidSignatureLength: { readonly length: bigint };
  ECDSAInvalidSignatureS: { readonly s: `0x${string}` };
  ERC20InsufficientAllowance: { readonly spender: `0x${string}`; readonly allowance: bigint; readonly needed: bigint };
  ERC20InsufficientBalance: { readonly sender: `0x${string}`; readonly balance: bigint; readonly needed: bigint };
  ERC20InvalidApprover: { readonly approver: `0x${string}` };
  ERC20InvalidReceiver: { readonly receiver: `0x${string}` };
  ERC20InvalidSender: { readonly sender: `0x${string}` };
  ERC20InvalidSpender: { readonly spender: `0x${string}` };
  ERC2612ExpiredSignature: { readonly deadline: bigint };
  ERC2612InvalidSigner: { readonly signer: `0x${string}`; readonly owner: `0x${string}` };
  ERC721IncorrectOwner: { readonly sender: `0x${string}`; readonly tokenId: bigint; readonly owner: `0x${string}` };
  ERC721InsufficientApproval: { readonly operator: `0x${string}`; readonly tokenId: bigint };
  ERC721InvalidApprover: { readonly approver: `0x${string}` };
  ERC721InvalidOperator: { readonly operator: `0x${string}` };
  ERC721InvalidOwner: { readonly owner: `0x${string}` };
  ERC721InvalidReceiver: { readonly receiver: `0x${string}` };
  ERC721InvalidSender: { readonly sender: `0x${string}` };
  ERC721NonexistentToken: { readonly tokenId: bigint };
  EnforcedPause: Record<never, never>;
  ExpectedPause: Record<never, never>;
  FactoryForeignAuthority: { readonly pool: `0x${string}`; readonly authority: `0x${string}` };
  FactoryPoolExists: { readonly pool: `0x${string}` };
  FactoryPoolUnknown: { readonly pool: `0x${string}` };
  FactoryTooManyTerms: { readonly terms: bigint; readonly maximum: bigint };
  FailedCall: Record<never, never>;
  FailedDeployment: Record<never, never>;
  InsufficientBalance: { readonly balance: bigint; readonly needed: bigint };
  InsuranceAlreadyClaimed: { readonly round: bigint; readonly index: bigint };
  InsuranceAlreadyOpen: { readonly round: bigint; readonly opensAt: bigint };
  InsuranceExpired: { readonly round: bigint; readonly expiresAt: bigint };
  InsuranceInvalidProof: { readonly round: bigint; readonly index: bigint; readonly account: `0x${string}`; readonly amount: bigint };
  InsuranceNotCovered: { readonly total: bigint; readonly available: bigint; readonly missing: bigint };
  InsuranceNotExpired: { readonly round: bigint; readonly expiresAt: bigint };
  InsuranceNotOpen: { readonly round: bigint; readonly opensAt: bigint };
  InsuranceRoundClosed: { readonly round: bigint };
  InsuranceRoundExhausted: { readonly round: bigint; readonly amount: bigint; readonly left: bigint };
  InsuranceRoundUnknown: { readonly round: bigint; readonly roundCount: bigint };
  InsuranceTimeOutOfRange: { readonly time: bigint; readonly minimum: bigint; readonly maximum: bigint };
  InsuranceTotalOutOfRange: { readonly total: bigint; readonly limit: bigint };
  InsuranceUnexpectedRound: { readonly expected: bigint; readonly next: bigint };
  InvalidAccountNonce: { readonly account: `0x${string}`; readonly currentNonce: bigint };
  InvalidShortString: Record<never, never>;
  LensGasTooLow: { readonly gasLeft: bigint };
  PenaltyAboveCeiling: { readonly startBps: bigint; readonly ceilingBps: bigint };
  PenaltyForfeitsTooMuch: { readonly forfeitedBps: bigint; readonly maximumBps: bigint };
  PenaltyMissing: { readonly startBps: bigint; readonly forfeitedBps: bigint };
  PenaltyRises: { readonly startBps: bigint; readonly endBps: bigint };
  PenaltySplitNotWhole: { readonly sumBps: bigint; readonly wholeBps: bigint };
  PoolAmountAbovePrincipal: { readonly amount: bigint; readonly principal: bigint };
  PoolAmountOutOfRange: { readonly amount: bigint; readonly limit: bigint };
  PoolAutoRenewLapsed: { readonly positionId: bigint; readonly until: bigint };
  PoolAutoRenewWindowOutOfRange: { readonly window: bigint; readonly minimum: bigint; readonly maximum: bigint };
  PoolBelowMinimum: { readonly received: bigint; readonly minimum: bigint };
  PoolBudgetTooSmall: { readonly needed: bigint; readonly available: bigint; readonly missing: bigint };
  PoolCapExceeded: { readonly amount: bigint; readonly capLeft: bigint };
  PoolConversionOutOfRange: { readonly conversion: bigint; readonly limit: bigint };
  PoolDurationOutOfRange: { readonly duration: bigint; readonly minimum: bigint; readonly maximum: bigint };
  PoolGasTooLow: { readonly gasLeft: bigint; readonly needed: bigint };
  PoolInsufficientStake: { readonly account: `0x${string}`; readonly amount: bigint; readonly stake: bigint };
  PoolInvalidReceiver: { readonly receiver: `0x${string}` };
  PoolInvalidRewardsPool: { readonly rewardsPool: `0x${string}` };
  PoolLiabilitiesUncovered: { readonly balance: bigint; readonly needed: bigint };
  PoolLimitsOutOfRange: { readonly minimum: bigint; readonly cap: bigint; readonly limit: bigint };
  PoolNotAuthorized: { readonly caller: `0x${string}`; readonly positionId: bigint };
  PoolNotFunder: { readonly caller: `0x${string}` };
  PoolNotMature: { readonly positionId: bigint; readonly maturity: bigint };
  PoolNotOwner: { readonly caller: `0x${string}`; readonly positionId: bigint };
  PoolNothingOwed: { readonly account: `0x${string}` };
  PoolOnlySelf: { readonly caller: `0x${string}` };
  PoolPaused: Record<never, never>;
  PoolPayoutBelowMinimum: { readonly principalOut: bigint; readonly minPrincipalOut: bigint; readonly rewardOut: bigint; readonly minRewardOut: bigint };
  PoolPositionClosed: { readonly positionId: bigint };
  PoolPositionUnknown: { readonly positionId: bigint };
  PoolRateOutOfRange: { readonly rate: bigint; readonly ceiling: bigint };
  PoolRescueExceedsSurplus: { readonly token: `0x${string}`; readonly amount: bigint; readonly surplus: bigint };
  PoolRescueMovesOwnToken: { readonly token: `0x${string}` };
  PoolRewardBelowMinimum: { readonly reward: bigint; readonly minReward: bigint };
  PoolRewardCapExceeded: { readonly reward: bigint; readonly capLeft: bigint };
  PoolRewardNotReceived: { readonly reward: bigint; readonly unaccounted: bigint };
  PoolRewardOutOfRange: { readonly reward: bigint; readonly maximum: bigint };
  PoolTermClosed: { readonly termId: bigint };
  PoolTermPaused: { readonly termId: bigint };
  PoolTermUnknown: { readonly termId: bigint; readonly termCount: bigint };
  PoolTooManyTerms: { readonly maximum: bigint };
  PoolZeroAmount: Record<never, never>;
  ReentrancyGuardReentrantCall: Record<never, never>;
  SafeCastOverflowedUintDowncast: { readonly bits: bigint; readonly value: bigint };
  SafeERC20FailedOperation: { readonly token: `0x${string}` };
  StringTooLong: { readonly str: string };
  StringsInsufficientHexLength: { readonly value: bigint; readonly length: bigint };
  TokenNothingReceived: { readonly token: `0x${string}`; readonly amount: bigint };
  TokenWithoutCode: { readonly token: `0x${string}` };
}

/** Name and types of an error's values, in the order in which they are encoded. */
export interface ErrorShape {
  readonly name: keyof ErrorArgs;
  readonly inputs: readonly (readonly [name: string, type: string])[];
}

/** Errors by selector. */
export const ERRORS: Readonly<Record<string, ErrorShape>> = {
  "0xc2f31e5e": { name: "AccessManagedInvalidAuthority", inputs: [["authority","address"]] },
  "0xaf77169d": { name: "AccessManagedRequiredDelay", inputs: [["caller","address"],["delay","uint32"]] },
  "0x068ca9d8": { name: "AccessManagedUnauthorized", inputs: [["caller","address"]] },
  "0x813e9459": { name: "AccessManagerAlreadyScheduled", inputs: [["operationId","bytes32"]] },
  "0x5f159e63": { name: "AccessManagerBadConfirmation", inputs: [] },
  "0x78a5d6e4": { name: "AccessManagerExpired", inputs: [["operationId","bytes32"]] },
  "0x0813ada2": { name: "AccessManagerInvalidInitialAdmin", inputs: [["initialAdmin","address"]] },
  "0xf4744e4a": { name: "AccessManagerLockedFunction", inputs: [["selector","bytes4"]] },
  "0x1871a90c": { name: "AccessManagerLockedRole", inputs: [["roleId","uint64"]] },
  "0x18cb6b7a": { name: "AccessManagerNotReady", inputs: [["operationId","bytes32"]] },
  "0x60a299b0": { name: "AccessManagerNotScheduled", inputs: [["operationId","bytes32"]] },
  "0xf07e038f": { name: "AccessManagerUnauthorizedAccount", inputs: [["msgsender","address"],["roleId","uint64"]] },
  "0x81c6f24b": { name: "AccessManagerUnauthorizedCall", inputs: [["caller","address"],["target","address"],["selector","bytes4"]] },
  "0x3fe2751c": { name: "AccessManagerUnauthorizedCancel", inputs: [["msgsender","address"],["caller","address"],["target","address"],["selector","bytes4"]] },
  "0x320ff748": { name: "AccessManagerUnauthorizedConsume", inputs: [["target","address"]] },
  "0x9996b315": { name: "AddressEmptyCode", inputs: [["target","address"]] },
  "0xa0535cc0": { name: "BrakeDelayBelowMinimum", inputs: [["delay","uint256"],["minimum","uint256"]] },
  "0x170d56a0": { name: "BrakeNotOperator", inputs: [["account","address"]] },
  "0x39e88fa9": { name: "BrakeOperatorRemoved", inputs: [["account","address"]] },
  "0x4ca249dc": { name: "Create2EmptyBytecode", inputs: [] },
  "0xe70d5bfb": { name: "DistributorEpochsOutOfRange", inputs: [["epochs","uint256"],["maximum","uint256"]] },
  "0x933a06e2": { name: "DistributorFeeAboveCeiling", inputs: [["feeBps","uint256"],["ceilingBps","uint256"]] },
  "0x339ce919": { name: "DistributorFullyFunded", inputs: [["scheduleId","uint256"]] },
  "0xee0a9db1": { name: "DistributorGasTooLow", inputs: [["gasLeft","uint256"],["needed","uint256"]] },
  "0x4528ab47": { name: "DistributorInvalidEpoch", inputs: [["epoch","uint256"]] },
  "0x884b6a0d": { name: "DistributorInvalidPool", inputs: [["pool","address"],["kind","uint8"]] },
  "0x0b50f11c": { name: "DistributorInvalidReceiver", inputs: [["receiver","address"]] },
  "0xecc26ec7": { name: "DistributorNotTaken", inputs: [["pool","address"],["left","uint256"]] },
  "0x069aa466": { name: "DistributorNothingDue", inputs: [["scheduleId","uint256"],["pool","address"]] },
  "0xb1220e8f": { name: "DistributorOnlySelf", inputs: [["caller","address"]] },
  "0x5fd2cbde": { name: "DistributorRescueExceedsSurplus", inputs: [["token","address"],["amount","uint256"],["surplus","uint256"]] },
  "0xfb4e37b6": { name: "DistributorScheduleEnded", inputs: [["scheduleId","uint256"]] },
  "0x160a3608": { name: "DistributorScheduleUnknown", inputs: [["scheduleId","uint256"],["scheduleCount","uint256"]] },
  "0x9f7799ce": { name: "DistributorShareAboveWhole", inputs: [["shareBps","uint256"],["wholeBps","uint256"]] },
  "0x89ea1681": { name: "DistributorStartInPast", inputs: [["start","uint256"],["earliest","uint256"]] },
  "0xa0b77eb3": { name: "DistributorWrongToken", inputs: [["pool","address"],["rewardsToken","address"],["token","address"]] },
  "0xe41093af": { name: "DistributorZeroAmount", inputs: [] },
  "0xf645eedf": { name: "ECDSAInvalidSignature", inputs: [] },
  "0xfce698f7": { name: "ECDSAInvalidSignatureLength", inputs: [["length","uint256"]] },
  "0xd78bce0c": { name: "ECDSAInvalidSignatureS", inputs: [["s","bytes32"]] },
  "0xfb8f41b2": { name: "ERC20InsufficientAllowance", inputs: [["spender","address"],["allowance","uint256"],["needed","uint256"]] },
  "0xe450d38c": { name: "ERC20InsufficientBalance", inputs: [["sender","address"],["balance","uint256"],["needed","uint256"]] },
  "0xe602df05": { name: "ERC20InvalidApprover", inputs: [["approver","address"]] },
  "0xec442f05": { name: "ERC20InvalidReceiver", inputs: [["receiver","address"]] },
  "0x96c6fd1e": { name: "ERC20InvalidSender", inputs: [["sender","address"]] },
  "0x94280d62": { name: "ERC20InvalidSpender", inputs: [["spender","address"]] },
  "0x62791302": { name: "ERC2612ExpiredSignature", inputs: [["deadline","uint256"]] },
  "0x4b800e46": { name: "ERC2612InvalidSigner", inputs: [["signer","address"],["owner","address"]] },
  "0x64283d7b": { name: "ERC721IncorrectOwner", inputs: [["sender","address"],["tokenId","uint256"],["owner","address"]] },
  "0x177e802f": { name: "ERC721InsufficientApproval", inputs: [["operator","address"],["tokenId","uint256"]] },
  "0xa9fbf51f": { name: "ERC721InvalidApprover", inputs: [["approver","address"]] },
  "0x5b08ba18": { name: "ERC721InvalidOperator", inputs: [["operator","address"]] },
  "0x89c62b64": { name: "ERC721InvalidOwner", inputs: [["owner","address"]] },
  "0x64a0ae92": { name: "ERC721InvalidReceiver", inputs: [["receiver","address"]] },
  "0x73c6ac6e": { name: "ERC721InvalidSender", inputs: [["sender","address"]] },
  "0x7e273289": { name: "ERC721NonexistentToken", inputs: [["tokenId","uint256"]] },
  "0xd93c0665": { name: "EnforcedPause", inputs: [] },
  "0x8dfc202b": { name: "ExpectedPause", inputs: [] },
  "0x773dfb65": { name: "FactoryForeignAuthority", inputs: [["pool","address"],["authority","address"]] },
  "0x14b42e1d": { name: "FactoryPoolExists", inputs: [["pool","address"]] },
  "0xa53aec82": { name: "FactoryPoolUnknown", inputs: [["pool","address"]] },
  "0xe8e3eb72": { name: "FactoryTooManyTerms", inputs: [["terms","uint256"],["maximum","uint256"]] },
  "0xd6bda275": { name: "FailedCall", inputs: [] },
  "0xb06ebf3d": { name: "FailedDeployment", inputs: [] },
  "0xcf479181": { name: "InsufficientBalance", inputs: [["balance","uint256"],["needed","uint256"]] },
  "0xe0c8077b": { name: "InsuranceAlreadyClaimed", inputs: [["round","uint256"],["index","uint256"]] },
  "0x2a80116a": { name: "InsuranceAlreadyOpen", inputs: [["round","uint256"],["opensAt","uint256"]] },
  "0x662be490": { name: "InsuranceExpired", inputs: [["round","uint256"],["expiresAt","uint256"]] },
  "0x4979e3ed": { name: "InsuranceInvalidProof", inputs: [["round","uint256"],["index","uint256"],["account","address"],["amount","uint256"]] },
  "0x05a7e254": { name: "InsuranceNotCovered", inputs: [["total","uint256"],["available","uint256"],["missing","uint256"]] },
  "0xaeb9b6d4": { name: "InsuranceNotExpired", inputs: [["round","uint256"],["expiresAt","uint256"]] },
  "0x531a97b1": { name: "InsuranceNotOpen", inputs: [["round","uint256"],["opensAt","uint256"]] },
  "0xe6cc1448": { name: "InsuranceRoundClosed", inputs: [["round","uint256"]] },
  "0xfb78211f": { name: "InsuranceRoundExhausted", inputs: [["round","uint256"],["amount","uint256"],["left","uint256"]] },
  "0x1dc50315": { name: "InsuranceRoundUnknown", inputs: [["round","uint256"],["roundCount","uint256"]] },
  "0x4e38f78c": { name: "InsuranceTimeOutOfRange", inputs: [["time","uint256"],["minimum","uint256"],["maximum","uint256"]] },
  "0xda640f9f": { name: "InsuranceTotalOutOfRange", inputs: [["total","uint256"],["limit","uint256"]] },
  "0x5ff69abc": { name: "InsuranceUnexpectedRound", inputs: [["expected","uint256"],["next","uint256"]] },
  "0x752d88c0": { name: "InvalidAccountNonce", inputs: [["account","address"],["currentNonce","uint256"]] },
  "0xb3512b0c": { name: "InvalidShortString", inputs: [] },
  "0xe2dfa3de": { name: "LensGasTooLow", inputs: [["gasLeft","uint256"]] },
  "0xa7ebfd55": { name: "PenaltyAboveCeiling", inputs: [["startBps","uint256"],["ceilingBps","uint256"]] },
  "0xe9988c99": { name: "PenaltyForfeitsTooMuch", inputs: [["forfeitedBps","uint256"],["maximumBps","uint256"]] },
  "0xeefc5041": { name: "PenaltyMissing", inputs: [["startBps","uint256"],["forfeitedBps","uint256"]] },
  "0x6e6f132f": { name: "PenaltyRises", inputs: [["startBps","uint256"],["endBps","uint256"]] },
  "0x1394119a": { name: "PenaltySplitNotWhole", inputs: [["sumBps","uint256"],["wholeBps","uint256"]] },
  "0x346f525b": { name: "PoolAmountAbovePrincipal", inputs: [["amount","uint256"],["principal","uint256"]] },
  "0xee378f06": { name: "PoolAmountOutOfRange", inputs: [["amount","uint256"],["limit","uint256"]] },
  "0xe9926fcb": { name: "PoolAutoRenewLapsed", inputs: [["positionId","uint256"],["until","uint256"]] },
  "0x410b786a": { name: "PoolAutoRenewWindowOutOfRange", inputs: [["window","uint256"],["minimum","uint256"],["maximum","uint256"]] },
  "0x8f702b2d": { name: "PoolBelowMinimum", inputs: [["received","uint256"],["minimum","uint256"]] },
  "0xf8a5bb99": { name: "PoolBudgetTooSmall", inputs: [["needed","uint256"],["available","uint256"],["missing","uint256"]] },
  "0x4f2a4321": { name: "PoolCapExceeded", inputs: [["amount","uint256"],["capLeft","uint256"]] },
  "0xd49fc6b1": { name: "PoolConversionOutOfRange", inputs: [["conversion","uint256"],["limit","uint256"]] },
  "0x3e30c4e0": { name: "PoolDurationOutOfRange", inputs: [["duration","uint256"],["minimum","uint256"],["maximum","uint256"]] },
  "0xd91a1895": { name: "PoolGasTooLow", inputs: [["gasLeft","uint256"],["needed","uint256"]] },
  "0x79d71117": { name: "PoolInsufficientStake", inputs: [["account","address"],["amount","uint256"],["stake","uint256"]] },
  "0x2eac41d7": { name: "PoolInvalidReceiver", inputs: [["receiver","address"]] },
  "0xc6dfd077": { name: "PoolInvalidRewardsPool", inputs: [["rewardsPool","address"]] },
  "0x10ec08f0": { name: "PoolLiabilitiesUncovered", inputs: [["balance","uint256"],["needed","uint256"]] },
  "0x00e368cf": { name: "PoolLimitsOutOfRange", inputs: [["minimum","uint256"],["cap","uint256"],["limit","uint256"]] },
  "0x3dcf50fe": { name: "PoolNotAuthorized", inputs: [["caller","address"],["positionId","uint256"]] },
  "0x0bb1476e": { name: "PoolNotFunder", inputs: [["caller","address"]] },
  "0x4dc497b0": { name: "PoolNotMature", inputs: [["positionId","uint256"],["maturity","uint256"]] },
  "0xa87197cb": { name: "PoolNotOwner", inputs: [["caller","address"],["positionId","uint256"]] },
  "0x27fc6118": { name: "PoolNothingOwed", inputs: [["account","address"]] },
  "0x6554bbe5": { name: "PoolOnlySelf", inputs: [["caller","address"]] },
  "0x51bd770c": { name: "PoolPaused", inputs: [] },
  "0x504c9899": { name: "PoolPayoutBelowMinimum", inputs: [["principalOut","uint256"],["minPrincipalOut","uint256"],["rewardOut","uint256"],["minRewardOut","uint256"]] },
  "0xa893d249": { name: "PoolPositionClosed", inputs: [["positionId","uint256"]] },
  "0xb903d73f": { name: "PoolPositionUnknown", inputs: [["positionId","uint256"]] },
  "0xe86ddbb8": { name: "PoolRateOutOfRange", inputs: [["rate","uint256"],["ceiling","uint256"]] },
  "0xc2334018": { name: "PoolRescueExceedsSurplus", inputs: [["token","address"],["amount","uint256"],["surplus","uint256"]] },
  "0x28d86ea8": { name: "PoolRescueMovesOwnToken", inputs: [["token","address"]] },
  "0x4b59df9a": { name: "PoolRewardBelowMinimum", inputs: [["reward","uint256"],["minReward","uint256"]] },
  "0x893b0eb8": { name: "PoolRewardCapExceeded", inputs: [["reward","uint256"],["capLeft","uint256"]] },
  "0x90084f9b": { name: "PoolRewardNotReceived", inputs: [["reward","uint256"],["unaccounted","uint256"]] },
  "0x3a51adbd": { name: "PoolRewardOutOfRange", inputs: [["reward","uint256"],["maximum","uint256"]] },
  "0x6e2bce94": { name: "PoolTermClosed", inputs: [["termId","uint256"]] },
  "0xc9ac1cfa": { name: "PoolTermPaused", inputs: [["termId","uint256"]] },
  "0x5ce7768d": { name: "PoolTermUnknown", inputs: [["termId","uint256"],["termCount","uint256"]] },
  "0xabd79e0a": { name: "PoolTooManyTerms", inputs: [["maximum","uint256"]] },
  "0x0d231705": { name: "PoolZeroAmount", inputs: [] },
  "0x3ee5aeb5": { name: "ReentrancyGuardReentrantCall", inputs: [] },
  "0x6dfcc650": { name: "SafeCastOverflowedUintDowncast", inputs: [["bits","uint8"],["value","uint256"]] },
  "0x5274afe7": { name: "SafeERC20FailedOperation", inputs: [["token","address"]] },
  "0x305a27a9": { name: "StringTooLong", inputs: [["str","string"]] },
  "0xe22e27eb": { name: "StringsInsufficientHexLength", inputs: [["value","uint256"],["length","uint256"]] },
  "0xd7a4f8a4": { name: "TokenNothingReceived", inputs: [["token","address"],["amount","uint256"]] },
  "0x9276324f": { name: "TokenWithoutCode", inputs: [["token","address"]] },
};

// Generated from the build by `npm run sdk`; do not edit.

import type { EventTable } from "../events/decode-event.ts";

/** The values of each event of `FixedTermPool`. */
export interface FixedTermPoolEventArgs {
  Approval: { readonly owner: `0x${string}`; readonly approved: `0x${string}`; readonly tokenId: bigint };
  ApprovalForAll: { readonly owner: `0x${string}`; readonly operator: `0x${string}`; readonly approved: boolean };
  AuthorityUpdated: { readonly authority: `0x${string}` };
  AutoRenewCleared: { readonly positionId: bigint };
  AutoRenewSet: { readonly positionId: bigint; readonly termId: bigint; readonly window: bigint; readonly repeats: boolean };
  BudgetWithdrawn: { readonly to: `0x${string}`; readonly amount: bigint };
  Funded: { readonly funder: `0x${string}`; readonly amount: bigint };
  Opened: { readonly positionId: bigint; readonly owner: `0x${string}`; readonly termId: bigint; readonly principal: bigint; readonly reward: bigint; readonly maturity: bigint };
  OwedClaimed: { readonly account: `0x${string}`; readonly receiver: `0x${string}`; readonly amount: bigint };
  Paused: { readonly guardian: `0x${string}` };
  PenaltiesSwept: { readonly rewards: bigint; readonly insurance: bigint; readonly treasury: bigint; readonly burned: bigint };
  RecipientsSet: { readonly insurance: `0x${string}`; readonly treasury: `0x${string}` };
  Renewed: { readonly positionId: bigint; readonly newPositionId: bigint; readonly reward: bigint };
  Rescued: { readonly token: `0x${string}`; readonly to: `0x${string}`; readonly amount: bigint };
  RewardDeferred: { readonly account: `0x${string}`; readonly amount: bigint };
  TermAdded: { readonly termId: bigint; readonly term: { readonly duration: bigint; readonly rate: bigint; readonly minimum: bigint; readonly principalCap: bigint; readonly rewardCap: bigint; readonly penalty: { readonly startBps: bigint; readonly endBps: bigint; readonly forfeitedBps: bigint } } };
  TermClosed: { readonly termId: bigint };
  TermPaused: { readonly termId: bigint };
  TermUnpaused: { readonly termId: bigint };
  Transfer: { readonly from: `0x${string}`; readonly to: `0x${string}`; readonly tokenId: bigint };
  Unpaused: { readonly governance: `0x${string}` };
  Withdrawn: { readonly positionId: bigint; readonly receiver: `0x${string}`; readonly principal: bigint; readonly reward: bigint };
  WithdrawnEarly: { readonly positionId: bigint; readonly receiver: `0x${string}`; readonly principalOut: bigint; readonly rewardOut: bigint; readonly principalPenalty: bigint; readonly forfeitedReward: bigint; readonly remainderId: bigint };
}

/** Events of `FixedTermPool`. */
export const fixedTermPoolEvents: EventTable<FixedTermPoolEventArgs> = {
  Approval: { topic: "0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925", inputs: [{"name":"owner","type":"address","indexed":true},{"name":"approved","type":"address","indexed":true},{"name":"tokenId","type":"uint256","indexed":true}] },
  ApprovalForAll: { topic: "0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31", inputs: [{"name":"owner","type":"address","indexed":true},{"name":"operator","type":"address","indexed":true},{"name":"approved","type":"bool","indexed":false}] },
  AuthorityUpdated: { topic: "0x2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad", inputs: [{"name":"authority","type":"address","indexed":false}] },
  AutoRenewCleared: { topic: "0xd6da06b7cb5f4174bcde40ed82ea3ea4723705dfccd25ea8d9743ef53706e494", inputs: [{"name":"positionId","type":"uint256","indexed":true}] },
  AutoRenewSet: { topic: "0x97f9d2efe5664cf69fdf225d14a90d59288370380c1a98523c672319a39cbbbb", inputs: [{"name":"positionId","type":"uint256","indexed":true},{"name":"termId","type":"uint256","indexed":true},{"name":"window","type":"uint256","indexed":false},{"name":"repeats","type":"bool","indexed":false}] },
  BudgetWithdrawn: { topic: "0x44cc22e2a72fe54daca38ff0faa55c52b7ceb78759bf43d2e8657ab68b17eeae", inputs: [{"name":"to","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  Funded: { topic: "0x5af8184bef8e4b45eb9f6ed7734d04da38ced226495548f46e0c8ff8d7d9a524", inputs: [{"name":"funder","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  Opened: { topic: "0x8c26c1650c61db2f5fa79b29d0d3bb5a4653167cb86ea9c8f0b3a369598da930", inputs: [{"name":"positionId","type":"uint256","indexed":true},{"name":"owner","type":"address","indexed":true},{"name":"termId","type":"uint256","indexed":true},{"name":"principal","type":"uint256","indexed":false},{"name":"reward","type":"uint256","indexed":false},{"name":"maturity","type":"uint256","indexed":false}] },
  OwedClaimed: { topic: "0x963661f8d3573d0cf278045f1bab03849ad3782a891d94ee5352c9729c15d17e", inputs: [{"name":"account","type":"address","indexed":true},{"name":"receiver","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  Paused: { topic: "0x62e78cea01bee320cd4e420270b5ea74000d11b0c9f74754ebdbfc544b05a258", inputs: [{"name":"guardian","type":"address","indexed":true}] },
  PenaltiesSwept: { topic: "0xc3df65d4a08a401cbe56ee44a5aa2be8fcde11b33694fbead1072eb6e89fb39f", inputs: [{"name":"rewards","type":"uint256","indexed":false},{"name":"insurance","type":"uint256","indexed":false},{"name":"treasury","type":"uint256","indexed":false},{"name":"burned","type":"uint256","indexed":false}] },
  RecipientsSet: { topic: "0xba91e264f3014dcddc5891a03ce4a2cb18b5a81d64ff00283a537609ba6d7e90", inputs: [{"name":"insurance","type":"address","indexed":true},{"name":"treasury","type":"address","indexed":true}] },
  Renewed: { topic: "0xef4945c022002aa13f581a640adff2a9844b9c201dd4eef47bc35c1a25f2ac14", inputs: [{"name":"positionId","type":"uint256","indexed":true},{"name":"newPositionId","type":"uint256","indexed":true},{"name":"reward","type":"uint256","indexed":false}] },
  Rescued: { topic: "0x3af790fafda720819b2fc6e15090606e81154e0ac9a92d38ecad006d99d20ecc", inputs: [{"name":"token","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  RewardDeferred: { topic: "0xd12bdb0cae08f502440e2a70f5f5bd91c90d0900301b98d3b158fa8ad77bb3dd", inputs: [{"name":"account","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  TermAdded: { topic: "0x4821e157df8354428e303323c10d618c2f8df40526b78cbb7b9d05303c2a1430", inputs: [{"name":"termId","type":"uint256","indexed":true},{"name":"term","type":"tuple","components":[{"name":"duration","type":"uint32"},{"name":"rate","type":"uint64"},{"name":"minimum","type":"uint96"},{"name":"principalCap","type":"uint96"},{"name":"rewardCap","type":"uint96"},{"name":"penalty","type":"tuple","components":[{"name":"startBps","type":"uint16"},{"name":"endBps","type":"uint16"},{"name":"forfeitedBps","type":"uint16"}]}],"indexed":false}] },
  TermClosed: { topic: "0x2b1aad2e26c5f9843335e2ec8707fc23c27c42caa789cc0e272f447053c9a287", inputs: [{"name":"termId","type":"uint256","indexed":true}] },
  TermPaused: { topic: "0x1b0474d0562682468c13fd3a35759d722448caaab681c5cd5bdc8e9b6fa1a883", inputs: [{"name":"termId","type":"uint256","indexed":true}] },
  TermUnpaused: { topic: "0xfda711813eed025433f186c6be062a9b1e0084488aeadd638247da5dc5846931", inputs: [{"name":"termId","type":"uint256","indexed":true}] },
  Transfer: { topic: "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", inputs: [{"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"tokenId","type":"uint256","indexed":true}] },
  Unpaused: { topic: "0x5db9ee0a495bf2e6ff9c91a7834c1ba4fdd244a5e8aa4e537bd38aeae4b073aa", inputs: [{"name":"governance","type":"address","indexed":true}] },
  Withdrawn: { topic: "0x1c84cc0f96161bdafea718a9094dd21c21d1fb2f9ca2ebb9bd4e39918efbaace", inputs: [{"name":"positionId","type":"uint256","indexed":true},{"name":"receiver","type":"address","indexed":true},{"name":"principal","type":"uint256","indexed":false},{"name":"reward","type":"uint256","indexed":false}] },
  WithdrawnEarly: { topic: "0x766f49f3c70c9c708b23a1c31d0e4fc224571548fd47e54a95c2f1c7eddb2eac", inputs: [{"name":"positionId","type":"uint256","indexed":true},{"name":"receiver","type":"address","indexed":true},{"name":"principalOut","type":"uint256","indexed":false},{"name":"rewardOut","type":"uint256","indexed":false},{"name":"principalPenalty","type":"uint256","indexed":false},{"name":"forfeitedReward","type":"uint256","indexed":false},{"name":"remainderId","type":"uint256","indexed":false}] },
};

/** The values of each event of `FlexiblePool`. */
export interface FlexiblePoolEventArgs {
  AuthorityUpdated: { readonly authority: `0x${string}` };
  FunderSet: { readonly funder: `0x${string}`; readonly allowed: boolean };
  Paused: { readonly guardian: `0x${string}` };
  Rescued: { readonly token: `0x${string}`; readonly to: `0x${string}`; readonly amount: bigint };
  RewardAdded: { readonly reward: bigint };
  RewardDeferred: { readonly user: `0x${string}`; readonly reward: bigint };
  RewardPaid: { readonly user: `0x${string}`; readonly reward: bigint };
  Staked: { readonly user: `0x${string}`; readonly amount: bigint };
  Unpaused: { readonly governance: `0x${string}` };
  Withdrawn: { readonly user: `0x${string}`; readonly amount: bigint };
}

/** Events of `FlexiblePool`. */
export const flexiblePoolEvents: EventTable<FlexiblePoolEventArgs> = {
  AuthorityUpdated: { topic: "0x2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad", inputs: [{"name":"authority","type":"address","indexed":false}] },
  FunderSet: { topic: "0xb359425b21ae201080b58e8988d1592683ba13e1f376aecf63195d42b7a172f8", inputs: [{"name":"funder","type":"address","indexed":true},{"name":"allowed","type":"bool","indexed":false}] },
  Paused: { topic: "0x62e78cea01bee320cd4e420270b5ea74000d11b0c9f74754ebdbfc544b05a258", inputs: [{"name":"guardian","type":"address","indexed":true}] },
  Rescued: { topic: "0x3af790fafda720819b2fc6e15090606e81154e0ac9a92d38ecad006d99d20ecc", inputs: [{"name":"token","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  RewardAdded: { topic: "0xde88a922e0d3b88b24e9623efeb464919c6bf9f66857a65e2bfcf2ce87a9433d", inputs: [{"name":"reward","type":"uint256","indexed":false}] },
  RewardDeferred: { topic: "0xd12bdb0cae08f502440e2a70f5f5bd91c90d0900301b98d3b158fa8ad77bb3dd", inputs: [{"name":"user","type":"address","indexed":true},{"name":"reward","type":"uint256","indexed":false}] },
  RewardPaid: { topic: "0xe2403640ba68fed3a2f88b7557551d1993f84b99bb10ff833f0cf8db0c5e0486", inputs: [{"name":"user","type":"address","indexed":true},{"name":"reward","type":"uint256","indexed":false}] },
  Staked: { topic: "0x9e71bc8eea02a63969f509818f2dafb9254532904319f9dbda79b67bd34a5f3d", inputs: [{"name":"user","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  Unpaused: { topic: "0x5db9ee0a495bf2e6ff9c91a7834c1ba4fdd244a5e8aa4e537bd38aeae4b073aa", inputs: [{"name":"governance","type":"address","indexed":true}] },
  Withdrawn: { topic: "0x7084f5476618d8e60b11ef0d7d3f06914655adb8793e28ff7f018d4c76d505d5", inputs: [{"name":"user","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
};

/** The values of each event of `InsuranceFund`. */
export interface InsuranceFundEventArgs {
  AuthorityUpdated: { readonly authority: `0x${string}` };
  Claimed: { readonly round: bigint; readonly index: bigint; readonly account: `0x${string}`; readonly amount: bigint };
  RoundCancelled: { readonly round: bigint };
  RoundClosed: { readonly round: bigint; readonly returned: bigint };
  RoundPublished: { readonly round: bigint; readonly token: `0x${string}`; readonly root: `0x${string}`; readonly total: bigint; readonly opensAt: bigint; readonly expiresAt: bigint };
}

/** Events of `InsuranceFund`. */
export const insuranceFundEvents: EventTable<InsuranceFundEventArgs> = {
  AuthorityUpdated: { topic: "0x2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad", inputs: [{"name":"authority","type":"address","indexed":false}] },
  Claimed: { topic: "0xb94bf7f9302edf52a596286915a69b4b0685574cffdedd0712e3c62f2550f0ba", inputs: [{"name":"round","type":"uint256","indexed":true},{"name":"index","type":"uint256","indexed":true},{"name":"account","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  RoundCancelled: { topic: "0xbf7aeff89cf7a4c3d0145879e39aa6a19e8e64ed585090ef86bf31f4d2ae57bf", inputs: [{"name":"round","type":"uint256","indexed":true}] },
  RoundClosed: { topic: "0xc67dda8e11f1aa941c7e74466b1859a07a32f46aaf641d29b83be348424d93cd", inputs: [{"name":"round","type":"uint256","indexed":true},{"name":"returned","type":"uint256","indexed":false}] },
  RoundPublished: { topic: "0x3a2aab96f5dba12ec3bcd1f13af219db8e58f573ec5157afcd3ebdbffba91abf", inputs: [{"name":"round","type":"uint256","indexed":true},{"name":"token","type":"address","indexed":true},{"name":"root","type":"bytes32","indexed":false},{"name":"total","type":"uint256","indexed":false},{"name":"opensAt","type":"uint256","indexed":false},{"name":"expiresAt","type":"uint256","indexed":false}] },
};

/** The values of each event of `OperatorBrake`. */
export interface OperatorBrakeEventArgs {
  AuthorityUpdated: { readonly authority: `0x${string}` };
  OperatorAdded: { readonly account: `0x${string}`; readonly delay: bigint };
  OperatorRemoved: { readonly account: `0x${string}` };
}

/** Events of `OperatorBrake`. */
export const operatorBrakeEvents: EventTable<OperatorBrakeEventArgs> = {
  AuthorityUpdated: { topic: "0x2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad", inputs: [{"name":"authority","type":"address","indexed":false}] },
  OperatorAdded: { topic: "0x11164c1501961831094735ec70b77a57a950148c5142b22bf19f3de82ecba100", inputs: [{"name":"account","type":"address","indexed":true},{"name":"delay","type":"uint32","indexed":false}] },
  OperatorRemoved: { topic: "0x80c0b871b97b595b16a7741c1b06fed0c6f6f558639f18ccbce50724325dc40d", inputs: [{"name":"account","type":"address","indexed":true}] },
};

/** The values of each event of `PoolFactory`. */
export interface PoolFactoryEventArgs {
  AuthorityUpdated: { readonly authority: `0x${string}` };
  ListedSet: { readonly pool: `0x${string}`; readonly listed: boolean };
  PoolCreated: { readonly pool: `0x${string}`; readonly kind: bigint; readonly creator: `0x${string}`; readonly stakingToken: `0x${string}`; readonly rewardsToken: `0x${string}` };
}

/** Events of `PoolFactory`. */
export const poolFactoryEvents: EventTable<PoolFactoryEventArgs> = {
  AuthorityUpdated: { topic: "0x2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad", inputs: [{"name":"authority","type":"address","indexed":false}] },
  ListedSet: { topic: "0x03d961391aad8d77d0c7c36ff051710cb3e92c1f0a8dc2ac1ada2bb1ad8c2d0c", inputs: [{"name":"pool","type":"address","indexed":true},{"name":"listed","type":"bool","indexed":false}] },
  PoolCreated: { topic: "0xcdac1afdbbff5512b99dc66a8faa6d4cc4ef37411407cc4d71fc74a9a12820ce", inputs: [{"name":"pool","type":"address","indexed":true},{"name":"kind","type":"uint8","indexed":true},{"name":"creator","type":"address","indexed":true},{"name":"stakingToken","type":"address","indexed":false},{"name":"rewardsToken","type":"address","indexed":false}] },
};

/** The values of each event of `RewardDistributor`. */
export interface RewardDistributorEventArgs {
  Accrued: { readonly scheduleId: bigint; readonly epochs: bigint; readonly net: bigint; readonly fee: bigint };
  AuthorityUpdated: { readonly authority: `0x${string}` };
  Distributed: { readonly scheduleId: bigint; readonly pool: `0x${string}`; readonly amount: bigint };
  FeesSwept: { readonly token: `0x${string}`; readonly insurance: bigint; readonly treasury: bigint };
  Funded: { readonly scheduleId: bigint; readonly funder: `0x${string}`; readonly amount: bigint };
  RecipientsSet: { readonly insurance: `0x${string}`; readonly treasury: `0x${string}` };
  Rescued: { readonly token: `0x${string}`; readonly to: `0x${string}`; readonly amount: bigint };
  ScheduleCreated: { readonly scheduleId: bigint; readonly terms: { readonly token: `0x${string}`; readonly epoch: bigint; readonly budget: bigint; readonly start: bigint; readonly epochs: bigint; readonly feeBps: bigint } };
  ScheduleEnded: { readonly scheduleId: bigint; readonly to: `0x${string}`; readonly refund: bigint };
  WeightSet: { readonly scheduleId: bigint; readonly pool: `0x${string}`; readonly kind: bigint; readonly weight: bigint };
}

/** Events of `RewardDistributor`. */
export const rewardDistributorEvents: EventTable<RewardDistributorEventArgs> = {
  Accrued: { topic: "0x89aa045ea9e84bbc2185f22b476eb315fef4ffa879b5cf07237ceb444ff15793", inputs: [{"name":"scheduleId","type":"uint256","indexed":true},{"name":"epochs","type":"uint256","indexed":false},{"name":"net","type":"uint256","indexed":false},{"name":"fee","type":"uint256","indexed":false}] },
  AuthorityUpdated: { topic: "0x2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad", inputs: [{"name":"authority","type":"address","indexed":false}] },
  Distributed: { topic: "0xa7932e9c92f31e1ed56b29d00bbe669a97484dc24de28dd9c8c0429df7f35847", inputs: [{"name":"scheduleId","type":"uint256","indexed":true},{"name":"pool","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  FeesSwept: { topic: "0x3661bac89c3ea626ca01b086d5318887ed39ba827c11d06622e519fbad882c22", inputs: [{"name":"token","type":"address","indexed":true},{"name":"insurance","type":"uint256","indexed":false},{"name":"treasury","type":"uint256","indexed":false}] },
  Funded: { topic: "0x38c48552690c96ec2872092ac1db6c19fb59f5a8c5b49bbf41ed4886d0ca6926", inputs: [{"name":"scheduleId","type":"uint256","indexed":true},{"name":"funder","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  RecipientsSet: { topic: "0xba91e264f3014dcddc5891a03ce4a2cb18b5a81d64ff00283a537609ba6d7e90", inputs: [{"name":"insurance","type":"address","indexed":true},{"name":"treasury","type":"address","indexed":true}] },
  Rescued: { topic: "0x3af790fafda720819b2fc6e15090606e81154e0ac9a92d38ecad006d99d20ecc", inputs: [{"name":"token","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}] },
  ScheduleCreated: { topic: "0xdbfbea2a0bdfb0325b8f14c78c21756b8a5d0bc875f4ede820742152c67df143", inputs: [{"name":"scheduleId","type":"uint256","indexed":true},{"name":"terms","type":"tuple","components":[{"name":"token","type":"address"},{"name":"epoch","type":"uint32"},{"name":"budget","type":"uint128"},{"name":"start","type":"uint40"},{"name":"epochs","type":"uint32"},{"name":"feeBps","type":"uint16"}],"indexed":false}] },
  ScheduleEnded: { topic: "0x408b24fb81e1bdb295df2185057c9976945b46e9fc4d6bcc9f27832359fb85e8", inputs: [{"name":"scheduleId","type":"uint256","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"refund","type":"uint256","indexed":false}] },
  WeightSet: { topic: "0x4e2e3c07899dc3ea729a4f9194e7223263485fc21f185743ccf871a20aca9cba", inputs: [{"name":"scheduleId","type":"uint256","indexed":true},{"name":"pool","type":"address","indexed":true},{"name":"kind","type":"uint8","indexed":false},{"name":"weight","type":"uint256","indexed":false}] },
};

/** The values of each event of `AccessManager`. */
export interface AccessManagerEventArgs {
  OperationCanceled: { readonly operationId: `0x${string}`; readonly nonce: bigint };
  OperationExecuted: { readonly operationId: `0x${string}`; readonly nonce: bigint };
  OperationScheduled: { readonly operationId: `0x${string}`; readonly nonce: bigint; readonly schedule: bigint; readonly caller: `0x${string}`; readonly target: `0x${string}`; readonly data: `0x${string}` };
  RoleAdminChanged: { readonly roleId: bigint; readonly admin: bigint };
  RoleGrantDelayChanged: { readonly roleId: bigint; readonly delay: bigint; readonly since: bigint };
  RoleGranted: { readonly roleId: bigint; readonly account: `0x${string}`; readonly delay: bigint; readonly since: bigint; readonly newMember: boolean };
  RoleGuardianChanged: { readonly roleId: bigint; readonly guardian: bigint };
  RoleLabel: { readonly roleId: bigint; readonly label: string };
  RoleRevoked: { readonly roleId: bigint; readonly account: `0x${string}` };
  TargetAdminDelayUpdated: { readonly target: `0x${string}`; readonly delay: bigint; readonly since: bigint };
  TargetClosed: { readonly target: `0x${string}`; readonly closed: boolean };
  TargetFunctionRoleUpdated: { readonly target: `0x${string}`; readonly selector: `0x${string}`; readonly roleId: bigint };
}

/** Events of `AccessManager`. */
export const accessManagerEvents: EventTable<AccessManagerEventArgs> = {
  OperationCanceled: { topic: "0xbd9ac67a6e2f6463b80927326310338bcbb4bdb7936ce1365ea3e01067e7b9f7", inputs: [{"name":"operationId","type":"bytes32","indexed":true},{"name":"nonce","type":"uint32","indexed":true}] },
  OperationExecuted: { topic: "0x76a2a46953689d4861a5d3f6ed883ad7e6af674a21f8e162707159fc9dde614d", inputs: [{"name":"operationId","type":"bytes32","indexed":true},{"name":"nonce","type":"uint32","indexed":true}] },
  OperationScheduled: { topic: "0x82a2da5dee54ea8021c6545b4444620291e07ee83be6dd57edb175062715f3b4", inputs: [{"name":"operationId","type":"bytes32","indexed":true},{"name":"nonce","type":"uint32","indexed":true},{"name":"schedule","type":"uint48","indexed":false},{"name":"caller","type":"address","indexed":false},{"name":"target","type":"address","indexed":false},{"name":"data","type":"bytes","indexed":false}] },
  RoleAdminChanged: { topic: "0x1fd6dd7631312dfac2205b52913f99de03b4d7e381d5d27d3dbfe0713e6e6340", inputs: [{"name":"roleId","type":"uint64","indexed":true},{"name":"admin","type":"uint64","indexed":true}] },
  RoleGrantDelayChanged: { topic: "0xfeb69018ee8b8fd50ea86348f1267d07673379f72cffdeccec63853ee8ce8b48", inputs: [{"name":"roleId","type":"uint64","indexed":true},{"name":"delay","type":"uint32","indexed":false},{"name":"since","type":"uint48","indexed":false}] },
  RoleGranted: { topic: "0xf98448b987f1428e0e230e1f3c6e2ce15b5693eaf31827fbd0b1ec4b424ae7cf", inputs: [{"name":"roleId","type":"uint64","indexed":true},{"name":"account","type":"address","indexed":true},{"name":"delay","type":"uint32","indexed":false},{"name":"since","type":"uint48","indexed":false},{"name":"newMember","type":"bool","indexed":false}] },
  RoleGuardianChanged: { topic: "0x7a8059630b897b5de4c08ade69f8b90c3ead1f8596d62d10b6c4d14a0afb4ae2", inputs: [{"name":"roleId","type":"uint64","indexed":true},{"name":"guardian","type":"uint64","indexed":true}] },
  RoleLabel: { topic: "0x1256f5b5ecb89caec12db449738f2fbcd1ba5806cf38f35413f4e5c15bf6a450", inputs: [{"name":"roleId","type":"uint64","indexed":true},{"name":"label","type":"string","indexed":false}] },
  RoleRevoked: { topic: "0xf229baa593af28c41b1d16b748cd7688f0c83aaf92d4be41c44005defe84c166", inputs: [{"name":"roleId","type":"uint64","indexed":true},{"name":"account","type":"address","indexed":true}] },
  TargetAdminDelayUpdated: { topic: "0xa56b76017453f399ec2327ba00375dbfb1fd070ff854341ad6191e6a2e2de19c", inputs: [{"name":"target","type":"address","indexed":true},{"name":"delay","type":"uint32","indexed":false},{"name":"since","type":"uint48","indexed":false}] },
  TargetClosed: { topic: "0x90d4e7bb7e5d933792b3562e1741306f8be94837e1348dacef9b6f1df56eb138", inputs: [{"name":"target","type":"address","indexed":true},{"name":"closed","type":"bool","indexed":false}] },
  TargetFunctionRoleUpdated: { topic: "0x9ea6790c7dadfd01c9f8b9762b3682607af2c7e79e05a9f9fdf5580dde949151", inputs: [{"name":"target","type":"address","indexed":true},{"name":"selector","type":"bytes4","indexed":false},{"name":"roleId","type":"uint64","indexed":true}] },
};

/** The values of each event of `ERC20Permit`. */
export interface ERC20PermitEventArgs {
  Approval: { readonly owner: `0x${string}`; readonly spender: `0x${string}`; readonly value: bigint };
  EIP712DomainChanged: Record<never, never>;
  Transfer: { readonly from: `0x${string}`; readonly to: `0x${string}`; readonly value: bigint };
}

/** Events of `ERC20Permit`. */
export const erc20PermitEvents: EventTable<ERC20PermitEventArgs> = {
  Approval: { topic: "0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925", inputs: [{"name":"owner","type":"address","indexed":true},{"name":"spender","type":"address","indexed":true},{"name":"value","type":"uint256","indexed":false}] },
  EIP712DomainChanged: { topic: "0x0a6387c9ea3628b88a633bb4f3b151770f70085117a15f9bf3787cda53f13d31", inputs: [] },
  Transfer: { topic: "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", inputs: [{"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"value","type":"uint256","indexed":false}] },
};

/** The values of each event of `IERC721`. */
export interface IERC721EventArgs {
  Approval: { readonly owner: `0x${string}`; readonly approved: `0x${string}`; readonly tokenId: bigint };
  ApprovalForAll: { readonly owner: `0x${string}`; readonly operator: `0x${string}`; readonly approved: boolean };
  Transfer: { readonly from: `0x${string}`; readonly to: `0x${string}`; readonly tokenId: bigint };
}

/** Events of `IERC721`. */
export const erc721Events: EventTable<IERC721EventArgs> = {
  Approval: { topic: "0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925", inputs: [{"name":"owner","type":"address","indexed":true},{"name":"approved","type":"address","indexed":true},{"name":"tokenId","type":"uint256","indexed":true}] },
  ApprovalForAll: { topic: "0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31", inputs: [{"name":"owner","type":"address","indexed":true},{"name":"operator","type":"address","indexed":true},{"name":"approved","type":"bool","indexed":false}] },
  Transfer: { topic: "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", inputs: [{"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"tokenId","type":"uint256","indexed":true}] },
};

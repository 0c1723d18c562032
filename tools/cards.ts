// `npm run cards` draws the positions' pictures in snapshots/cards/ anew; `npm test` fails when they do not agree.
import hre from "hardhat";

import { drawCards, writeCard } from "./lib/cards.ts";

for (const [name, picture] of await drawCards(hre)) await writeCard(name, picture);
console.log("snapshots/cards/ is written: look at the pictures.");

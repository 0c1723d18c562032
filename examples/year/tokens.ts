import { Contract, ContractFactory, getAddress, parseEther, type Signer } from "ethers";

import { PlainToken__factory, type PlainToken } from "../../types/index.ts";
import { publishedBuild } from "../../deploy/published-build.ts";

/** A contract from its authors' published bytecode. */
async function deployPublished(specifier: string, deployer: Signer, ...parameters: string[]): Promise<Contract> {
  const { abi, bytecode } = await publishedBuild(specifier);
  const deployed = await new ContractFactory(abi, bytecode, deployer).deploy(...parameters);
  await deployed.waitForDeployment();
  return new Contract(await deployed.getAddress(), abi, deployer);
}

/** Deploys WETH9 as it runs on mainnet. */
export async function deployWrappedEther(deployer: Signer): Promise<PlainToken> {
  const weth = await deployPublished("canonical-weth/build/contracts/WETH9.json", deployer);
  return asToken(await weth.getAddress(), deployer);
}

/** Wraps the sender's ether: what arrives without data is a deposit. */
export async function wrap(weth: PlainToken, owner: Signer, wei: bigint): Promise<void> {
  await (await owner.sendTransaction({ to: await weth.getAddress(), value: wei })).wait();
}

/** Deploys Uniswap V2's factory and makes the pair of two tokens; the pair is the LP token. */
export async function deployPair(deployer: Signer, token: PlainToken, weth: PlainToken): Promise<PlainToken> {
  const owner = await deployer.getAddress();
  const factory = await deployPublished("@uniswap/v2-core/build/UniswapV2Factory.json", deployer, owner);
  const addresses = [await token.getAddress(), await weth.getAddress()];
  await (await factory.getFunction("createPair").send(...addresses)).wait();
  const pair: unknown = await factory.getFunction("getPair").staticCall(...addresses);
  return asToken(getAddress(String(pair)), deployer);
}

/** What a provider of liquidity pays in: as much of the token as 1,000 for each ether. */
export const LIQUIDITY = { token: parseEther("5000"), weth: parseEther("5") } as const;

/** Pays both tokens into the pair, whose `mint` then gives the provider LP tokens. */
export async function provideLiquidity(
  pair: PlainToken,
  token: PlainToken,
  weth: PlainToken,
  provider: Signer,
): Promise<void> {
  await (await token.connect(provider).transfer(pair, LIQUIDITY.token)).wait();
  await (await weth.connect(provider).transfer(pair, LIQUIDITY.weth)).wait();
  const { abi } = await publishedBuild("@uniswap/v2-core/build/UniswapV2Pair.json");
  const minting = new Contract(await pair.getAddress(), abi, provider).getFunction("mint");
  await (await minting.send(await provider.getAddress())).wait();
}

/** The token as an ERC-20 only: published tokens have no `mint(address,uint256)` for everybody. */
function asToken(address: string, runner: Signer): PlainToken {
  return PlainToken__factory.connect(address, runner);
}

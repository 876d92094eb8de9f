/** Every act on an item, tried by every role on items of such a path: e2e/support/item-rights.ts. */
import { tryItemActs } from "./support/item-rights";

tryItemActs(["integrity", "incident"]);

export { documentLetters } from "@/lib/testing/raci";

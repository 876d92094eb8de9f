/** What is used here of autocannon, which comes without types. */
declare module "autocannon" {
  type Options = {
    url: string;
    connections: number;
    amount?: number;
    duration?: number;
    headers?: Record<string, string>;
  };
  type Result = { "2xx": number; non2xx: number; errors: number; duration: number };
  type Instance = {
    on(
      event: "response",
      listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void,
    ): void;
  };
  export default function autocannon(options: Options, done: (error: Error | null, result: Result) => void): Instance;
}

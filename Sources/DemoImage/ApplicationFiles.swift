/// Texts of the service's own files that hold no secret.
enum ApplicationFiles {
    static let main = """
        \"\"\"ledger-agent: reads invoices, asks a model, books through tools.\"\"\"

        import asyncio
        import os

        from ledger.agent import Agent
        from ledger.config import load
        from ledger.tools import ToolBox


        async def main() -> None:
            config = load(os.environ.get("LEDGER_CONFIG", "/etc/ledger/config.yaml"))
            tools = await ToolBox.connect("/app/mcp.json")
            agent = Agent(model=config["model"], tools=tools, budget=config["budget"])
            await agent.serve(host="0.0.0.0", port=8080)


        if __name__ == "__main__":
            asyncio.run(main())

        """

    static let agent = """
        \"\"\"The loop: think, call a tool, look, until the entry is booked or the budget is spent.\"\"\"

        import os

        import anthropic


        class Agent:
            def __init__(self, model: str, tools, budget: int) -> None:
                self.client = anthropic.AsyncAnthropic(api_key=os.environ["ANTHROPIC_API_KEY"])
                self.model = model
                self.tools = tools
                self.budget = budget

            async def book(self, invoice: str) -> str:
                messages = [{"role": "user", "content": invoice}]
                for _ in range(self.budget):
                    answer = await self.client.messages.create(
                        model=self.model, max_tokens=2048, messages=messages, tools=self.tools.schemas
                    )
                    if answer.stop_reason != "tool_use":
                        return answer.content[0].text
                    messages += await self.tools.run(answer)
                raise RuntimeError("budget spent before the entry was booked")

        """

    static let tools = """
        \"\"\"Tools over the Model Context Protocol.\"\"\"

        import json


        class ToolBox:
            def __init__(self, servers: dict) -> None:
                self.servers = servers
                self.schemas = []

            @classmethod
            async def connect(cls, path: str) -> "ToolBox":
                with open(path, encoding="utf-8") as file:
                    return cls(json.load(file)["mcpServers"])

        """

    static let config = """
        import yaml


        def load(path: str) -> dict:
            with open(path, encoding="utf-8") as file:
                return yaml.safe_load(file)

        """

    static let requirements = """
        anthropic==0.64.0
        openai==1.99.9
        langsmith==0.4.14
        mcp==1.13.0
        psycopg[binary]==3.2.9
        PyYAML==6.0.2
        ledger-rules @ git+https://github.com/ledger-example/ledger-rules@v3.1.0

        """

    static let package = """
        {
          "name": "ledger-agent-tools",
          "version": "1.4.2",
          "private": true,
          "dependencies": {
            "@ledger-example/mcp-bookkeeping": "2.0.1",
            "@modelcontextprotocol/sdk": "1.17.3"
          }
        }

        """

    static let packageLock = """
        {
          "name": "ledger-agent-tools",
          "version": "1.4.2",
          "lockfileVersion": 3,
          "packages": {
            "node_modules/@ledger-example/mcp-bookkeeping": {
              "version": "2.0.1",
              "resolved": "https://registry.npmjs.org/@ledger-example/mcp-bookkeeping/-/mcp-bookkeeping-2.0.1.tgz"
            }
          }
        }

        """

    static let bookkeepingModule = """
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

        export const server = new McpServer({ name: "bookkeeping", version: "2.0.1" });
        server.tool("book", { account: "string", amount: "number" }, async (entry) => post(entry));

        """

    /// The configuration as it should have been from the start: references only.
    static let cleanConfiguration = """
        model: claude-sonnet-4-5
        budget: 12
        database:
          url_file: /run/secrets/database_url
        payments:
          api_key_file: /run/secrets/payments_api_key
        mail:
          host: smtp.ledger.example
          password_file: /run/secrets/smtp_password

        """

    static let readme = """
        # ledger-agent

        Books invoices. Configuration is in `/etc/ledger/config.yaml`, tools in `mcp.json`.

        """
}

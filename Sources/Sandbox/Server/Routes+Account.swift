import Hummingbird

extension Routes {
    func addAccount(to api: RouterGroup<SandboxContext>) {
        api.get("account") { _, _ in
            Response.json([
                "type": "user", "username": "sandbox", "name": "Sandbox", "github_url": "https://github.com/sandbox",
                "avatar_url": .string(world.origin + "/delivery/cover-lab-bokeh-lights/cover.webp"),
            ])
        }
        api.get("webhooks/default/secret") { _, _ in
            Response.json(["key": "whsec_c2FuZGJveC1zaWduaW5nLXNlY3JldA=="])
        }
        for name in ["deployments", "trainings"] {
            api.get("\(name)") { _, _ in Response.json(Page(next: nil, previous: nil, results: []).document) }
        }
    }
}

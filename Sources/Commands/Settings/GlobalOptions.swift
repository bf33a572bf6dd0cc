import ArgumentParser

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(name: .customLong("base-url"), help: "Where the API is, with or without /v1.")
    var baseURL: String?

    @Option(name: .customLong("data-dir"), help: "One folder for history, outputs and log.")
    var dataDir: String?

    @Flag(name: .customLong("insecure-http"), help: "Allow plain http to a host that is not this machine.")
    var insecureHTTP = false

    @Flag(help: "Say nothing but results, and why the command failed.")
    var quiet = false

    init() {}
}

/// What ``GlobalOptions`` say, for code that the argument parser did not call.
struct GlobalChoices: Sendable {
    /// nil: that of the environment or the config file.
    var baseURL: String?
    /// nil: the folders of the desktop.
    var dataDir: String?
    var allowsInsecureHTTP = false
}

extension GlobalOptions {
    var choices: GlobalChoices {
        GlobalChoices(baseURL: baseURL, dataDir: dataDir, allowsInsecureHTTP: insecureHTTP)
    }
}

struct JSONOption: ParsableArguments {
    @Flag(help: "Print the result as JSON.")
    var json = false

    init() {}
}

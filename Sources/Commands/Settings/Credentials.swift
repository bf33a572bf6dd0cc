import Foundation
import ReplicateClient

/// The token, and the host that it goes to.
///
/// A `.env` file lies in a folder that may be anybody's. It may give a token, and a host for that token; it never says
/// where a token goes that came from the environment or the config file, and nothing else in it is looked at.
struct Credentials: Sendable {
    enum Source: Hashable, Sendable {
        case environment
        /// The file's path.
        case dotEnv(String)
        case configuration(String)
        /// The file of the guide of a first start.
        case kept(String)
    }

    let token: Token?
    /// Where ``token`` is from; nil without one.
    let source: Source?
    let baseURL: URL

    /// Throws ``CommandError`` with a sentence when the token or the host is none, and when `.env` wants another host for
    /// a token that is not its own: to go to the usual host then would spend money where the person may expect none.
    ///
    /// - Parameters:
    ///   - options: the command line's host comes before all others.
    ///   - configurationPath: for messages.
    ///   - tokenFile: asked where nothing else has a token; nil: there is none.
    init(
        options: GlobalChoices,
        surroundings: Surroundings,
        file: ConfigurationFile,
        configurationPath: String,
        tokenFile: URL? = nil
    ) throws {
        let stored = try file.token.map { ($0, Source.configuration(configurationPath)) } ?? Self.kept(tokenFile)
        let names = ["REPLICATE_API_TOKEN", "REPLICATE_API_KEY"]
        func first(_ values: [String: String]) -> String? {
            names.lazy.compactMap { values[$0] }.first { !$0.isEmpty }
        }
        let own = options.baseURL ?? surroundings.environment["REPLICATE_BASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
        var host = own ?? file.baseURL
        var found = first(surroundings.environment).map { ($0, Source.environment) }
        if found == nil, let dotEnv = try Self.dotEnv(surroundings) {
            let named = dotEnv.values["REPLICATE_BASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
            if let token = first(dotEnv.values) {
                found = (token, .dotEnv(dotEnv.path))
                host = own ?? named ?? file.baseURL
            } else if let named, host == nil, let stored {
                throw Self.foreignHost(named, dotEnv.path, stored.1.owner)
            }
        } else if found != nil, host == nil, let dotEnv = try? Self.dotEnv(surroundings),
            let named = dotEnv.values["REPLICATE_BASE_URL"], !named.isEmpty
        {
            throw Self.foreignHost(named, dotEnv.path, "the environment's token")
        }
        found = found ?? stored
        do {
            baseURL = try ClientConfiguration.baseURL(
                host ?? ClientConfiguration.official,
                allowingInsecure: options.allowsInsecureHTTP
            )
        } catch {
            throw CommandError(.usage, error.description)
        }
        guard let (text, source) = found else {
            (token, self.source) = (nil, nil)
            return
        }
        guard let token = Token(text) else {
            throw CommandError(.noToken, "\(source.name(of: names)) is not a token: it has blanks or signs")
        }
        (self.token, self.source) = (token, source)
    }

    /// Without a token, to the usual host.
    init() {
        (token, source) = (nil, nil)
        guard let url = URL(string: ClientConfiguration.official) else {
            preconditionFailure("the address of the API, written in the program, is none")
        }
        baseURL = url
    }

    private static func kept(_ file: URL?) throws -> (String, Source)? {
        guard let file else { return nil }
        do throws(SettingsFile.Mistake) { return try TokenFile.text(at: file).map { ($0, .kept(file.path)) } } catch {
            throw CommandError(.usage, error.description)
        }
    }

    private static func dotEnv(_ surroundings: Surroundings) throws -> (path: String, values: [String: String])? {
        let file = surroundings.folder.appending(path: ".env")
        // Python keeps its environments in folders of this name.
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), isFolder.boolValue { return nil }
        do throws(SettingsFile.Mistake) {
            return try SettingsFile.text(at: file).map { (file.path, DotEnv.parse($0)) }
        } catch {
            throw CommandError(.usage, "\(error.description); set REPLICATE_API_TOKEN, and it is not looked at")
        }
    }

    private static func foreignHost(_ host: String, _ path: String, _ token: String) -> CommandError {
        CommandError(
            .usage,
            "\(path) names \(host) as REPLICATE_BASE_URL, which \(token) is not sent to: "
                + "say --base-url, or put the token into that file too"
        )
    }
}

extension Credentials.Source {
    fileprivate func name(of names: [String]) -> String {
        switch self {
        case .environment: names[0]
        case .dotEnv(let path): "\(names[0]) in \(path)"
        case .configuration(let path): "token in \(path)"
        case .kept(let path): path
        }
    }

    /// For the sentence that tells whose token a foreign host does not get.
    fileprivate var owner: String {
        switch self {
        case .environment: "the environment's token"
        case .dotEnv(let path), .kept(let path): "the token in \(path)"
        case .configuration: "the config file's token"
        }
    }

    /// For a person: where the token was found.
    var text: String {
        switch self {
        case .environment: "in the environment"
        case .dotEnv(let path), .configuration(let path), .kept(let path): "in \(path)"
        }
    }
}

import Foundation
import Service
import Yams

extension ConfigurationFile {
    /// `service: {host, port, rate_limit, timeout, keys, callbacks, cache, proxies, …}`; times in seconds.
    mutating func readService(_ node: Node, _ path: String) throws(Mistake) {
        for (name, value) in try Self.section(node, ["service"], path) {
            switch name {
            case "host": service.host = try Self.text(value, name, path)
            case "port": service.port = try Self.whole(value, name, path, 0...65_535)
            case "rate_limit": service.rateLimit = try Self.whole(value, name, path, 0...1_000_000)
            case "timeout": service.timeout = .seconds(try Self.whole(value, name, path, 1...86_400))
            case "keys":
                service.keys = try Self.list(value, name, path, Self.key)
                states(.keys)
            case "callbacks": try readCallbacks(value, path)
            case "cache": try readCache(value, path)
            case "proxies": try readProxies(value, path)
            case "queue": service.queueLimit = try Self.whole(value, name, path, 1...1_000_000)
            case "concurrency": service.width = try Self.whole(value, name, path, 1...10_000)
            case "creations": service.creationsPerMinute = try Self.whole(value, name, path, 1...1_000_000)
            case "body_limit": service.bodyLimit = try Self.whole(value, name, path, 1_024...104_857_600)
            case "patience": service.patience = .seconds(try Self.whole(value, name, path, 1...3_600))
            case "drain": service.drain = .seconds(try Self.whole(value, name, path, 0...3_600))
            case "save_outputs": service.savesOutputs = try Self.bool(value, name, path)
            case "debug": service.isDebugging = try Self.bool(value, name, path)
            default: throw Self.unknown(name, in: "service", value, path)
            }
        }
    }

    private mutating func readCallbacks(_ node: Node, _ path: String) throws(Mistake) {
        for (name, value) in try Self.section(node, ["service", "callbacks"], path) {
            switch name {
            case "allow_private": service.callbacks.allowsPrivate = try Self.bool(value, name, path)
            case "secret":
                guard let secret = WebhookSecret(try Self.text(value, name, path)) else {
                    throw Self.mistake("secret must be whsec_ and the base64 of 24 to 64 bytes", value, path)
                }
                service.callbacks.secret = secret
            default: throw Self.unknown(name, in: "callbacks", value, path)
            }
        }
    }

    private mutating func readCache(_ node: Node, _ path: String) throws(Mistake) {
        for (name, value) in try Self.section(node, ["service", "cache"], path) {
            switch name {
            case "seconds":
                let longest = Int(CacheConfiguration.longest / .seconds(1))
                service.cache.lifetime = .seconds(try Self.whole(value, name, path, 0...longest))
            case "unseeded_images": service.cache.unseededImages = try Self.bool(value, name, path)
            default: throw Self.unknown(name, in: "cache", value, path)
            }
        }
    }

    private mutating func readProxies(_ node: Node, _ path: String) throws(Mistake) {
        for (name, value) in try Self.section(node, ["service", "proxies"], path) {
            switch name {
            case "trusted": service.proxies.trusted = try Self.list(value, name, path, Self.network)
            case "header": service.proxies.header = try Self.text(value, name, path)
            default: throw Self.unknown(name, in: "proxies", value, path)
            }
        }
    }

    private static func key(_ node: Node, _ path: String) throws(Mistake) -> AccessKey {
        guard let key = AccessKey(try text(node, "keys", path)) else {
            // The key itself is a secret and stays out of the message.
            let shortest = AccessKey.shortest
            throw mistake("a key must be \(shortest) or more visible signs, or sha256: and 64 digits", node, path)
        }
        return key
    }

    private static func network(_ node: Node, _ path: String) throws(Mistake) -> IPNetwork {
        let text = try text(node, "trusted", path)
        guard let network = IPNetwork(text) else {
            throw mistake("\(text) is no address or network, such as 10.0.0.0/8", node, path)
        }
        return network
    }

    private static func whole(
        _ node: Node,
        _ name: String,
        _ path: String,
        _ range: ClosedRange<Int>
    ) throws(Mistake) -> Int {
        guard let number = Int(try text(node, name, path)), range.contains(number) else {
            throw mistake(
                "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)",
                node,
                path
            )
        }
        return number
    }

    private static func list<Element>(
        _ node: Node,
        _ name: String,
        _ path: String,
        _ element: (Node, String) throws(Mistake) -> Element
    ) throws(Mistake) -> [Element] {
        guard let nodes = node.sequence else { throw mistake("\(name) must be a list: [a, b]", node, path) }
        var elements: [Element] = []
        for node in nodes { elements.append(try element(node, path)) }
        return elements
    }
}

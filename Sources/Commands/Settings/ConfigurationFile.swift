import Foundation
import Money
import Pictures
import Pricing
import Service
import Studio
import StudioUI
import Yams

/// The config file: every key optional, unknown ones refused with their line.
struct ConfigurationFile: Sendable {
    struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        let description: String
    }

    var imageModel: String?
    var videoModel: String?
    var budget = Budget.standard
    /// Times the usual duration of a model, after which its runs are ended; nil: never.
    var cancelAfter: Double?
    /// What models run on, by `owner/name`.
    var hardware: [String: String] = [:]
    var outputs: String?
    var theme: String?
    var mouse: Bool?
    var pictures = PictureWish.auto
    var metadata: Bool?
    var plain: Bool?
    var motion = StudioState.Motion.full
    var glyphs = Glyphs.Wish.auto
    var notify = EndNotices.When.unfocused
    var notifyCommand: String?
    var editing = EditingKeys.emacs
    var escapeTime: Duration?
    var keys = KeyTable.standard
    var baseURL: String?
    var token: String?
    var service = ServiceConfiguration()
    /// Limits and locks that the file says something of, be it that there are none.
    private(set) var protections: Set<Protection> = []

    /// What must not vanish from a file that is read again while a service runs.
    enum Protection: String, CaseIterable, Sendable {
        case run = "budget: run"
        case day = "budget: day"
        case month = "budget: month"
        case cancelAfter = "cancel_after"
        case keys = "service: keys"
    }

    init() {}

    /// - Parameter path: for messages only.
    init(yaml: String, path: String) throws(Mistake) {
        self.init()
        guard let root = try Self.document(yaml, path) else { return }
        for (key, value) in try Self.section(root, [], path) {
            switch key {
            case "models":
                for (name, model) in try Self.section(value, [key], path) {
                    switch name {
                    case "image": imageModel = try Self.text(model, name, path)
                    case "video": videoModel = try Self.text(model, name, path)
                    default: throw Self.unknown(name, in: key, model, path)
                    }
                }
            case "budget": try readBudget(value, path)
            case "cancel_after":
                protections.insert(.cancelAfter)
                if value.scalar?.string == "none" { continue }
                guard let factor = value.float, factor >= 1, factor <= 1_000 else {
                    throw Self.mistake(
                        "cancel_after must be a number from 1 on, times the usual duration, or none",
                        value,
                        path
                    )
                }
                cancelAfter = factor
            case "hardware":
                for (model, sku) in try Self.members(value, key, path) {
                    hardware[model] = try Self.text(sku, model, path)
                }
            case "service": try readService(value, path)
            case "outputs": outputs = try Self.text(value, key, path)
            case "theme": theme = try Self.text(value, key, path)
            case "pictures": pictures = try Self.word(value, key, path)
            case "metadata":
                // YAML reads `on` and `off` as it reads `true` and `false`.
                guard let isOn = value.bool else { throw Self.mistake("metadata must be on or off", value, path) }
                metadata = isOn
            case "mouse": mouse = try Self.bool(value, key, path)
            case "plain": plain = try Self.bool(value, key, path)
            case "motion": motion = try Self.word(value, key, path)
            case "glyphs": glyphs = try Self.word(value, key, path)
            case "notify": notify = try Self.word(value, key, path)
            case "notify_command":
                let command = try Self.text(value, key, path)
                notifyCommand = command.allSatisfy(\.isWhitespace) ? nil : command
            case "editing": editing = try Self.word(value, key, path)
            case "escape_time":
                guard let milliseconds = value.int, (1...5_000).contains(milliseconds) else {
                    throw Self.mistake("escape_time must be 1 to 5000: milliseconds", value, path)
                }
                escapeTime = .milliseconds(milliseconds)
            case "keys": try readKeys(value, path)
            case "base_url": baseURL = try Self.text(value, key, path)
            case "token": token = try Self.text(value, key, path)
            default: throw Self.unknown(key, in: "the config file", value, path)
            }
        }
    }

    private mutating func readBudget(_ node: Node, _ path: String) throws(Mistake) {
        for (name, value) in try Self.section(node, ["budget"], path) {
            let text = try Self.text(value, name, path)
            guard text == "none" || Money(text) != nil else {
                throw Self.mistake("budget \(name) must be an amount in USD, or none", value, path)
            }
            let amount = Money(text)
            switch name {
            case "ask_above": budget.askAbove = amount
            case "run": budget.run = amount
            case "session": budget.session = amount
            case "day": budget.day = amount
            case "month": budget.month = amount
            default: throw Self.unknown(name, in: "budget", value, path)
            }
            if let protection = Protection(rawValue: "budget: \(name)") { protections.insert(protection) }
        }
    }

    /// To be called by whoever reads what it protects.
    mutating func states(_ protection: Protection) { protections.insert(protection) }

    /// `run: f9`, `run: [alt+enter, f9]`; `[]` takes the keys away.
    private mutating func readKeys(_ node: Node, _ path: String) throws(Mistake) {
        let members = try Self.members(node, "keys", path)
        var changes: [(action: String, keys: [String])] = []
        for (action, value) in members {
            guard value.sequence != nil || value.scalar != nil else {
                throw Self.mistake("keys \(action) must be a key or a list of keys", value, path)
            }
            var keys: [String] = []
            for item in value.sequence.map(Array.init) ?? [value] { keys.append(try Self.text(item, action, path)) }
            changes.append((action, keys))
        }
        do throws(KeyTable.Mistake) { keys = try KeyTable(rebinding: changes) } catch {
            throw Self.mistake(error.reason, members.first { $0.0 == error.action }?.1 ?? node, path)
        }
    }

    /// nil: there is nothing in it.
    static func document(_ yaml: String, _ path: String) throws(Mistake) -> Node? {
        do { return try Yams.compose(yaml: yaml) } catch {
            throw Mistake(description: "\(path) is no YAML: \(error)")
        }
    }

    static func members(_ node: Node, _ name: String, _ path: String) throws(Mistake) -> [(String, Node)] {
        guard let mapping = node.mapping else { throw mistake("\(name) must be a list of key: value", node, path) }
        return mapping.map { ($0.key.string ?? "", $0.value) }
    }

    /// The members of the file, or of the part of it below these keys; throws for one that ``Setting`` does not know.
    static func section(_ node: Node, _ keys: [String], _ path: String) throws(Mistake) -> [(String, Node)] {
        let place = keys.last ?? "the config file"
        let members = try members(node, place, path)
        for (key, value) in members where !Setting.isKnown(key, in: keys) { throw unknown(key, in: place, value, path) }
        return members
    }

    static func text(_ node: Node, _ name: String, _ path: String) throws(Mistake) -> String {
        guard let scalar = node.scalar else { throw mistake("\(name) must be a single value", node, path) }
        return scalar.string
    }

    static func bool(_ node: Node, _ name: String, _ path: String) throws(Mistake) -> Bool {
        guard let value = node.bool else { throw mistake("\(name) must be true or false", node, path) }
        return value
    }

    /// One of a few words.
    static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ node: Node,
        _ name: String,
        _ path: String
    ) throws(Mistake) -> Word {
        guard let word = Word(rawValue: try text(node, name, path)) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw mistake("\(name) must be one of \(words)", node, path)
        }
        return word
    }

    static func unknown(_ key: String, in place: String, _ node: Node, _ path: String) -> Mistake {
        mistake("\(place) has no key \(key)", node, path)
    }

    static func mistake(_ reason: String, _ node: Node, _ path: String) -> Mistake {
        Mistake(description: "\(path)\(node.mark.map { ", line \($0.line)" } ?? ""): \(reason)")
    }
}

import Foundation
import ReplicateAPI

/// Reads the prompt, the images and the inputs of an order, and collects what is wrong with them in the order in which
/// it is found.
struct ComposedInputs {
    let order: GivenRun
    /// The model's inputs; without fields when the model is not known or publishes none.
    let schema: InputSchema
    /// The input that takes the prompt; nil when the model takes none.
    let promptField: String?
    /// How the model takes images that have no input name; nil when it takes none.
    let binding: ImageBinding?

    /// The inputs that all runs share, without the prompt.
    private(set) var input: JSONObject = [:]
    private(set) var prompt: String?
    /// The prompts that `{a|b}` stands for; nil: the prompt is used unchanged.
    private(set) var alternatives: [String]?
    /// The files to upload, each of them once.
    private(set) var files: [InputFile] = []
    private(set) var issues: [RunIssue] = []
    private(set) var warnings: [String] = []
    /// Inputs with an issue already.
    private var refused: Set<String> = []

    init(_ order: GivenRun) {
        self.order = order
        schema = order.details?.schema ?? InputSchema(fields: [])
        promptField = order.details.map(\.promptField) ?? "prompt"
        binding = order.details.map(\.images) ?? .array(field: "image_urls", most: nil)
        readPrompt()
        readInputs()
        readImages()
        readAlternatives()
    }

    mutating func note(_ issue: RunIssue) {
        issues.append(issue)
        if case .input(let name) = issue.subject { refused.insert(name) }
    }

    /// `input` with the prompt added; unchanged when there is no prompt or no field for it.
    func filling(_ input: JSONObject, _ prompt: String?) -> JSONObject {
        guard let prompt, let promptField else { return input }
        return input.merging([promptField: .string(prompt)]) { $1 }
    }

    // MARK: The prompt

    /// Whether a typed input is the prompt: it has the name of the prompt's field, or the name `prompt` where the model
    /// has another name for it.
    private func isPrompt(_ input: GivenInput) -> Bool {
        guard case .json = input.value else {
            return input.name == promptField || (input.name == "prompt" && schema["prompt"] == nil)
        }
        return false
    }

    private mutating func readPrompt() {
        prompt = order.prompt
        for input in order.inputs where isPrompt(input) {
            guard let text = text(of: input) else { continue }
            if prompt != nil {
                note(RunIssue(.input(input.name), input.name, "is given twice", .string(text)))
            } else {
                prompt = text
            }
        }
        guard let prompt, promptField == nil else { return }
        note(RunIssue(.prompt, "prompt", "is not an input of this model", .string(prompt)))
    }

    /// The text of an input; nil, with an issue noted, when it is an existing file.
    private mutating func text(of input: GivenInput) -> String? {
        switch input.value {
        case .typed(let text): return text
        case .json(let value): return value.string
        case .file(let file):
            // When there is no such file, the text after the @ is a name, for example of an account.
            if file.obstacle == .missing { return "@\(file.path)" }
            note(RunIssue(.input(input.name), input.name, "takes text, and @\(file.shownPath) is a file", .null))
            return nil
        }
    }

    private mutating func readAlternatives() {
        guard order.readsAlternatives, let prompt else { return }
        do { alternatives = try PromptAlternatives.expand(prompt) } catch {
            issues.append(RunIssue(.prompt, promptField ?? "prompt", "cannot be read: \(error)", .string(prompt)))
        }
    }

    // MARK: Inputs by name

    private mutating func readInputs() {
        var given: [String: [GivenInput.Value]] = [:]
        var names: [String] = []
        for input in order.inputs where !isPrompt(input) {
            if given[input.name] == nil { names.append(input.name) }
            given[input.name, default: []].append(input.value)
        }
        for name in names {
            let values = given[name] ?? []
            if prompt != nil, name == promptField {
                note(RunIssue(.input(name), name, "is given twice", self.input[name] ?? .null))
            } else if let value = value(values, for: name) {
                input[name] = value
            }
        }
    }

    /// The value of an input that may be given several times; nil, with an issue noted, when it is wrong.
    private mutating func value(_ values: [GivenInput.Value], for name: String) -> JSONValue? {
        let field = schema[name]
        let isJoined = if case .joined(name)? = binding { true } else { false }
        // While the model is not known, an input may be a list.
        let isList = isJoined || field?.takesList == true || (field == nil && order.details == nil)
        guard values.count > 1 else { return values.first.flatMap { single($0, for: name, field, isJoined: isJoined) } }
        guard isList else {
            note(RunIssue(.input(name), name, "is given twice"))
            return nil
        }
        var elements: [JSONValue] = []
        for value in values {
            guard let read = single(value, for: name, field, isJoined: isJoined) else { return nil }
            elements += read.array ?? [read]
        }
        return isJoined ? .string(elements.compactMap(\.string).joined(separator: "\n")) : .array(elements)
    }

    private mutating func single(
        _ value: GivenInput.Value,
        for name: String,
        _ field: InputField?,
        isJoined: Bool
    ) -> JSONValue? {
        switch value {
        case .json(let value): return value
        case .typed(let text):
            guard let field else { return Self.guessed(text) }
            if let value = field.value(typed: text) { return value }
            note(RunIssue(.input(name), name, field.issue(typed: text), .string(text)))
            return nil
        case .file(let file): return placed(file, for: name, field, isJoined: isJoined)
        }
    }

    /// Without a schema the type is not known: valid JSON is JSON, anything else is text.
    private static func guessed(_ text: String) -> JSONValue {
        (try? JSONValue(parsing: Data(text.utf8))) ?? .string(text)
    }

    private mutating func placed(
        _ file: InputFile,
        for name: String,
        _ field: InputField?,
        isJoined: Bool
    ) -> JSONValue? {
        let takesFile = field.map { $0.takesFile || $0.takesFiles || isJoined } ?? true
        if !takesFile {
            guard file.obstacle == .missing, let field, let value = field.value(typed: "@\(file.path)") else {
                note(RunIssue(.input(name), name, "takes no file"))
                return nil
            }
            return value
        }
        if let issue = file.issue {
            note(RunIssue(.input(name), "\(name): \(file.shownPath)", issue, .string(file.shownPath)))
            return nil
        }
        let types = field?.type.alternatives.filter { $0.limits.accepted != nil } ?? []
        if !types.isEmpty, !types.contains(where: { $0.limits.accepts(type: file.type, name: file.name) }) {
            let accepted = types.flatMap { $0.limits.accepted ?? [] }.joined(separator: ", ")
            note(RunIssue(.input(name), "\(name): \(file.shownPath)", "is not of a type it takes (\(accepted))"))
            return nil
        }
        add(file)
        let address = JSONValue.string(file.placeholder)
        return field.map { $0.takesFiles && !$0.takesOneURL } == true ? .array([address]) : address
    }

    private mutating func add(_ file: InputFile) {
        if !files.contains(where: { $0.path == file.path }) { files.append(file) }
    }

    // MARK: Images without an input name

    private mutating func readImages() {
        guard !order.images.isEmpty else { return }
        let given = JSONValue.array(order.images.map { .string($0.text) })
        guard let binding else {
            return note(RunIssue(.images(index: nil), pricedName, "takes no images", given))
        }
        var addresses: [String] = []
        let before = issues.count
        for (index, image) in order.images.enumerated() {
            if let issue = issue(with: image) {
                issues.append(RunIssue(.images(index: index), image.text, issue, .string(image.text)))
            }
            if case .file(let file) = image, file.issue == nil { add(file) }
            addresses.append(image.address)
        }
        if let most = binding.most, order.images.count > most {
            let images = most == 1 ? "image" : "images"
            issues.append(RunIssue(.images(index: nil), pricedName, "takes at most \(most) \(images)", given))
        }
        guard issues.count == before else { return refused.formUnion(binding.fields) }
        for (name, value) in binding.inputs(for: addresses) {
            if let own = input[name], !refused.contains(name) {
                note(RunIssue(.input(name), name, "is given twice", own))
            } else {
                input[name] = value
            }
        }
    }

    private func issue(with image: GivenImage) -> String? {
        switch image {
        case .address(let address): ImageURL.issue(with: address)
        case .file(let file): file.issue
        case .blocked(_, let reason): reason
        }
    }

    private var pricedName: String { order.details?.pricedPath ?? order.model }

    // MARK: Against the schema

    /// Notes what the server would refuse.
    ///
    /// - Parameters:
    ///   - base: the inputs that are sent for every run, without the prompt.
    ///   - prompts: the prompts of the runs; nil stands for a run without a prompt.
    mutating func check(_ base: JSONObject, prompts: [String?]) {
        guard !schema.fields.isEmpty else { return }
        for issue in schema.issues(in: base) where issue.field != promptField || prompts.allSatisfy({ $0 == nil }) {
            guard !refused.contains(issue.field), !order.mayBeIncomplete || base[issue.field] != nil else { continue }
            let value = base[issue.field] ?? .null
            let isImages = !order.images.isEmpty && binding?.fields.contains(issue.field) == true
            let isPrompt = issue.field == promptField && value.isNull
            let subject: RunIssue.Subject =
                isPrompt ? .prompt : isImages ? .images(index: nil) : .input(issue.field)
            note(RunIssue(subject, issue.field, issue.message, value))
        }
        if let promptField, let field = schema[promptField] {
            for case let prompt? in prompts {
                guard let issue = field.issue(with: .string(prompt)) else { continue }
                issues.append(RunIssue(.prompt, promptField, issue, .string(prompt)))
                break
            }
        }
        for field in schema.fields where field.isDeprecated && input[field.name] != nil {
            warnings.append("\(field.name) is deprecated: the model's author may take it away")
        }
    }
}

extension GivenImage {
    /// The address or the path as it was given.
    var text: String {
        switch self {
        case .address(let text), .blocked(let text, _): text
        case .file(let file): file.path
        }
    }

    var address: String {
        switch self {
        case .address(let text), .blocked(let text, _): text
        case .file(let file): file.placeholder
        }
    }
}

import Foundation
import Pictures
import ReplicateAPI
import ReplicateClient

/// The `KEY=@FILE` arguments of a command: checked before anything is sent, uploaded when all else is right.
struct InputFiles {
    /// What the API takes.
    private static let mostBytes = 100 << 20

    private let files: [(key: String, url: URL, isList: Bool)]

    /// Throws ``CommandError`` when a file cannot be read or its input takes no file.
    init(_ arguments: [InputArgument], schema: InputSchema) throws {
        files = try arguments.compactMap { argument in
            guard let path = argument.file else { return nil }
            let url = URL(filePath: path)
            if let issue = Self.issue(with: url) { throw CommandError(.usage, "\(path) \(issue)") }
            switch schema[argument.key]?.kind {
            case .files: return (argument.key, url, true)
            // A model that publishes no schema, or a field that says nothing of files.
            case .file, .json, nil: return (argument.key, url, false)
            default: throw CommandError(.usage, "\(argument.key) takes no file: `darkroom schema` tells what it takes")
            }
        }
        let single = Dictionary(grouping: files.filter { !$0.isList }, by: \.key)
        if let key = single.first(where: { $0.value.count > 1 })?.key {
            throw CommandError(.usage, "\(key) is given twice")
        }
    }

    private static func issue(with url: URL) -> String? {
        guard let values = try? url.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]),
            FileManager.default.isReadableFile(atPath: url.path)
        else { return "cannot be read" }
        guard values.isRegularFile == true else { return "is no file" }
        guard let size = values.fileSize, size > 0 else { return "is empty" }
        return size > mostBytes ? "is larger than the 100 MB that can be uploaded" : nil
    }

    /// The inputs as they will be, with an address that is nobody's for each file.
    var placeholders: JSONObject { inputs(placeholder) }

    /// How large the files among ``placeholders`` are that are pictures, by address.
    var megapixels: [String: Decimal] {
        files.reduce(into: [:]) { found, file in
            // A photo's header may come after a preview of it.
            let head = FileHandle(forReadingAtPath: file.url.path).flatMap { try? $0.read(upToCount: 256 << 10) }
            guard let header = head.flatMap(PictureHeader.read) else { return }
            found[placeholder(file.url)] = Decimal(header.width) * Decimal(header.height) / 1_000_000
        }
    }

    private func placeholder(_ file: URL) -> String {
        "https://example.com/file-\(files.firstIndex { $0.url == file } ?? 0)"
    }

    /// Throws ``CommandError`` when an upload fails.
    func upload(with client: APIClient) async throws -> JSONObject {
        var addresses: [URL: String] = [:]
        for file in files where addresses[file.url] == nil {
            let head = FileHandle(forReadingAtPath: file.url.path).flatMap { try? $0.read(upToCount: 1_024) } ?? Data()
            do {
                let type = PictureFormat.detect(head).mimeType
                addresses[file.url] = try await client.upload(file: file.url, contentType: type).url
            } catch {
                throw CommandError(error)
            }
        }
        return inputs { addresses[$0] ?? "" }
    }

    private func inputs(_ address: (URL) -> String) -> JSONObject {
        var inputs: JSONObject = [:]
        for file in files {
            let value = JSONValue.string(address(file.url))
            inputs[file.key] = file.isList ? .array((inputs[file.key]?.array ?? []) + [value]) : value
        }
        return inputs
    }
}

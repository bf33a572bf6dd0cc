import CCurl
import Foundation

/// Whose certificates are trusted.
package struct TrustStore: Hashable, Sendable {
    /// Files of certificates in PEM form that together take the place of the system's; none: the system's.
    package var files: [String]
    /// A folder of certificates, named by their hashes, that is looked into besides; nil: none but the system's.
    package var folder: String?

    /// The system's own.
    package static let system = TrustStore()

    package init(files: [String] = [], folder: String? = nil) {
        self.files = files
        self.folder = folder
    }

    /// What the environment names in `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and `SSL_CERT_DIR`. Empty counts as not set. Of
    /// two files that differ, the certificates of both are trusted: one is often set for the whole machine.
    package init(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let files = [value("CURL_CA_BUNDLE"), value("SSL_CERT_FILE")].compactMap(\.self)
        self.init(files: files.first == files.last ? Array(files.prefix(1)) : files, folder: value("SSL_CERT_DIR"))
    }

    /// The files as libcurl takes them. To be made once: several files are read for it.
    func loaded() -> LoadedTrustStore {
        guard files.count > 1 else { return LoadedTrustStore(file: files.first, folder: folder, certificates: nil) }
        let contents = files.map { FileManager.default.contents(atPath: $0) }
        // libcurl then says of the file that cannot be read that it cannot.
        if let missing = contents.firstIndex(of: nil) {
            return LoadedTrustStore(file: files[missing], folder: folder, certificates: nil)
        }
        let joined = Data(contents.compactMap(\.self).joined(separator: Data("\n".utf8)))
        return LoadedTrustStore(file: nil, folder: folder, certificates: joined)
    }
}

struct LoadedTrustStore: Sendable {
    /// A file of certificates, read by libcurl.
    let file: String?
    let folder: String?
    /// The certificates themselves, in PEM form; they win over ``file``.
    let certificates: Data?

    func apply(to handle: UnsafeMutableRawPointer) {
        if let certificates {
            certificates.withUnsafeBytes { bytes in
                ccurl_set_copied_blob(handle, CURLOPT_CAINFO_BLOB, bytes.baseAddress, bytes.count)
                ccurl_set_copied_blob(handle, CURLOPT_PROXY_CAINFO_BLOB, bytes.baseAddress, bytes.count)
            }
        } else if let file {
            ccurl_set_string(handle, CURLOPT_CAINFO, file)
            ccurl_set_string(handle, CURLOPT_PROXY_CAINFO, file)
        }
        if let folder {
            ccurl_set_string(handle, CURLOPT_CAPATH, folder)
            ccurl_set_string(handle, CURLOPT_PROXY_CAPATH, folder)
        }
    }
}

import CCurl
import Foundation

/// The certificates that are trusted.
package struct TrustStore: Hashable, Sendable {
    /// Files of certificates in PEM form, which together replace the system's. Empty: the system's are used.
    package var files: [String]
    /// A folder of certificates whose names are their hashes, used in addition; nil: only the system's folder.
    package var folder: String?

    /// The system's certificates.
    package static let system = TrustStore()

    /// Where distributions keep the system's certificates: Debian and its kin (which libcurl of the packages reads by
    /// itself), Fedora, openSUSE, Alpine. A program that brings its own libcurl runs on all of them.
    private static let systemFiles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ]

    /// Without arguments, the system's certificates.
    package init(files: [String] = [], folder: String? = nil) {
        self.files = files
        self.folder = folder
    }

    /// The files and the folder that `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and `SSL_CERT_DIR` name. An empty variable
    /// counts as not set. If the two files differ, the certificates of both are trusted, because one of the variables
    /// is often set for the whole machine.
    package init(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let files = [value("CURL_CA_BUNDLE"), value("SSL_CERT_FILE")].compactMap(\.self)
        self.init(files: files.first == files.last ? Array(files.prefix(1)) : files, folder: value("SSL_CERT_DIR"))
    }

    /// The certificates in the form that libcurl needs. Call it once, because it reads several files.
    ///
    /// - Parameter exists: whether there is a file of this path.
    func loaded(
        exists: (String) -> Bool = { FileManager.default.isReadableFile(atPath: $0) }
    ) -> LoadedTrustStore {
        guard files.count > 1 else {
            let file = files.first ?? Self.systemFiles.first(where: exists)
            return LoadedTrustStore(file: file, folder: folder, certificates: nil)
        }
        let contents = files.map { FileManager.default.contents(atPath: $0) }
        // libcurl gets the name of the file that cannot be read, and reports the error.
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
    /// The certificates in PEM form; they are used instead of ``file``.
    let certificates: Data?

    func apply(to handle: UnsafeMutableRawPointer) {
        if let certificates {
            certificates.withUnsafeBytes { bytes in
                ccurl_easy_set_copied_blob(handle, CURLOPT_CAINFO_BLOB, bytes.baseAddress, bytes.count)
                ccurl_easy_set_copied_blob(handle, CURLOPT_PROXY_CAINFO_BLOB, bytes.baseAddress, bytes.count)
            }
        } else if let file {
            ccurl_easy_set_string(handle, CURLOPT_CAINFO, file)
            ccurl_easy_set_string(handle, CURLOPT_PROXY_CAINFO, file)
        }
        if let folder {
            ccurl_easy_set_string(handle, CURLOPT_CAPATH, folder)
            ccurl_easy_set_string(handle, CURLOPT_PROXY_CAPATH, folder)
        }
    }
}

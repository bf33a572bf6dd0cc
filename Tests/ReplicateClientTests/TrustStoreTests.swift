import Foundation
import Testing

@testable import ReplicateClient

struct TrustStoreTests {
    @Test(arguments: [
        ("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/ca-certificates.crt"),
        ("/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/tls/certs/ca-bundle.crt"),
        ("/etc/ssl/cert.pem", "/etc/ssl/cert.pem"), ("/somewhere/else.pem", nil),
    ])
    func `the system's certificates are taken from where the distribution keeps them`(present: String, file: String?) {
        #expect(TrustStore.system.loaded { $0 == present }.file == file)
    }

    @Test func `a file that is named replaces the system's`() {
        let trust = TrustStore(environment: ["SSL_CERT_FILE": "/own.pem", "SSL_CERT_DIR": "/own", "CURL_CA_BUNDLE": ""])
        let loaded = trust.loaded { _ in true }
        #expect(loaded.file == "/own.pem")
        #expect(loaded.folder == "/own")
        #expect(loaded.certificates == nil)
    }

    @Test func `two files are joined, and one that cannot be read is named`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["a.pem", "b.pem"].map { folder.appending(path: $0).path }
        for file in files { try Data(file.utf8).write(to: URL(filePath: file)) }
        let both = TrustStore(environment: ["CURL_CA_BUNDLE": files[0], "SSL_CERT_FILE": files[1]]).loaded()
        #expect(both.file == nil)
        #expect(both.certificates == Data("\(files[0])\n\(files[1])".utf8))
        let missing = TrustStore(environment: ["CURL_CA_BUNDLE": files[0], "SSL_CERT_FILE": "/nowhere.pem"]).loaded()
        #expect(missing.file == "/nowhere.pem")
        #expect(missing.certificates == nil)
    }
}

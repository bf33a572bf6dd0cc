import Foundation

/// `darkroom sandbox` with durations that suit a number of predictions in flight.
final class SandboxProcess {
    let url: URL
    private let process = Process()

    init(_ program: String, for count: Int) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "sandbox", "--port", "0", "--spread", "0.5", "--creations", "6000000", "--requests", "30000",
            "--speed", Self.speed(for: count),
        ]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        while !text.contains("\n") {
            guard let more = try output.fileHandleForReading.read(upToCount: 1), !more.isEmpty else { break }
            text += String(decoding: more, as: UTF8.self)
        }
        let word = text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http") }
        guard let word, let url = URL(string: String(word)) else { throw CocoaError(.fileReadUnknown) }
        self.url = url
    }

    /// Long enough that all are in flight together for a while: a picture takes 3.6 s at speed 1.
    private static func speed(for count: Int) -> String {
        switch count {
        case ..<50: "1"
        case ..<500: "0.3"
        case ..<5_000: "0.1"
        default: "0.03"
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}

/// This program again, for one poller and one count.
enum Child {
    static func measure(_ poller: Poller, _ count: Int, _ program: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = [program, "\(count)"]
        process.environment = ProcessInfo.processInfo.environment.merging(["POLLING_BENCH_ONE": poller.rawValue]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        for line in text.split(separator: "\n") where line.hasPrefix(poller.title) && line.contains("%") { print(line) }
    }
}

/// What this process has used so far.
enum Usage {
    static var cpuSeconds: Double {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    static var peakMegabytes: Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0) / 1_024
    }
}

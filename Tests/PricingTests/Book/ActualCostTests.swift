import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

struct ActualCostTests {
    private let book = PriceBook.builtIn

    private func prediction(
        _ model: String,
        _ status: String = "succeeded",
        metrics: String = "{}",
        version: String = "hidden",
        output: String = "null",
        started: Bool = true,
        deployment: String? = nil,
        dataRemoved: Bool = false
    ) throws -> Prediction {
        let deployment = deployment.map { #""deployment":"\#($0)","# } ?? ""
        let start = started ? #""started_at":"2026-11-24T16:16:30Z","# : ""
        let text = """
            {"id":"p1","model":"\(model)","version":"\(version)",\(deployment)\(start)"status":"\(status)",
             "output":\(output),"metrics":\(metrics),"data_removed":\(dataRemoved)}
            """
        return try #require(Prediction(json: try JSONValue(parsing: Data(text.utf8))))
    }

    @Test func `defaults of the book do not stand for inputs that are gone`() throws {
        let video = try prediction(
            "bytedance/seedance-1-pro",
            metrics: #"{"video_output_duration_seconds":5}"#,
            dataRemoved: true
        )
        #expect(book.actual(video, input: [:], hardware: nil).money == nil)
        #expect(book.actual(video, input: ["resolution": "480p"], hardware: nil).money != nil)
        // One price for all: the count alone makes it.
        let image = try prediction(
            "black-forest-labs/flux-schnell",
            metrics: #"{"image_output_count":2}"#,
            dataRemoved: true
        )
        #expect(book.actual(image, input: [:], hardware: nil).money == Money("0.006"))
        let uncounted = try prediction("black-forest-labs/flux-schnell", dataRemoved: true)
        #expect(book.actual(uncounted, input: [:], hardware: nil).money == nil)
    }

    @Test func `a canceled run that was measured had started`() throws {
        let model = "black-forest-labs/flux-schnell"
        let measured = try prediction(model, "canceled", metrics: #"{"predict_time":300}"#, started: false)
        #expect(book.actual(measured, input: [:], hardware: nil).money != .zero)
        let waiting = try prediction(model, "canceled", started: false)
        #expect(book.actual(waiting, input: [:], hardware: nil) == .free(reason: "it never started"))
    }

    @Test func `counters that no run can have give no cost`() throws {
        let done = try prediction("black-forest-labs/flux-schnell", metrics: #"{"image_output_count":2e12}"#)
        #expect(book.actual(done, input: [:], hardware: nil).money == nil)
    }

    @Test(arguments: PricedCase.images + PricedCase.videos)
    func `an exact price is the cost when the server counts the requested amount`(row: PricedCase) throws {
        guard
            case .exact(let expected, _) = book.estimate(model: row.model, input: row.input, schema: nil, history: nil),
            row.model != "black-forest-labs/flux-2-pro"
        else { return }
        let unit = try #require(book[row.model]?.prices.first?.unit)
        let quantity: String
        switch unit {
        case .image:
            let count = row.input["num_outputs"] ?? row.input["number_of_images"]
            quantity = #""image_output_count":\#(count?.plain ?? "1")"#
        case .video: quantity = #""video_output_count":1"#
        default:
            // The seconds stand before the × in the explanation.
            let explanation = book.estimate(model: row.model, input: row.input, schema: nil, history: nil).explanation
            let seconds = explanation.split(separator: " ").first.map(String.init) ?? "0"
            quantity = #""video_output_duration_seconds":\#(seconds)"#
        }
        let done = try prediction(row.model, metrics: "{\(quantity),\"predict_time\":125.3}")
        #expect(book.actual(done, input: row.input, hardware: "gpu-h100").money == expected)
    }

    @Test func `125 seconds of computing do not change the cost of a 25 cent video`() throws {
        let done = try prediction(
            "kwaivgi/kling-v2.1",
            metrics: #"{"video_output_duration_seconds":5,"predict_time":125.4}"#
        )
        let cost = book.actual(done, input: ["mode": "standard"], hardware: "gpu-h100")
        #expect(cost == .counted(Money("0.25")!, because: "5 s × $0.05/s"))
    }

    @Test func `values that the server reports win over the input`() throws {
        let done = try prediction(
            "google/veo-3.1",
            metrics: #"{"video_output_duration_seconds":4,"with_audio":false}"#
        )
        #expect(
            book.actual(done, input: ["generate_audio": true, "duration": 8], hardware: nil)
                == .counted(Money("0.80")!, because: "4 s × $0.20/s")
        )
        let odd = try prediction(
            "bytedance/seedance-1-pro",
            metrics: #"{"video_output_duration_seconds":5,"resolution_target":"ultra"}"#
        )
        #expect(book.actual(odd, input: ["resolution": "480p"], hardware: nil).money == Money("0.15"))
    }

    @Test func `tokens are counted exactly`() throws {
        let done = try prediction(
            "deepseek-ai/deepseek-r1",
            metrics: #"{"token_input_count":1000,"token_output_count":123457}"#
        )
        #expect(book.actual(done, input: [:], hardware: nil).money == Money("1.23832"))
    }

    @Test func `without a counter the output's files are counted, and the cost is marked as estimated`() throws {
        let done = try prediction("black-forest-labs/flux-schnell", output: #"["https://h/1.webp","https://h/2.webp"]"#)
        #expect(
            book.actual(done, input: [:], hardware: nil)
                == .estimated(Money("0.006")!, because: "2 images × $0.003")
        )
    }

    @Test func `a range of prices counts with its upper end, and says so`() throws {
        let done = try prediction("alibaba/wan-3", metrics: #"{"video_output_duration_seconds":4}"#)
        let cost = book.actual(done, input: ["resolution": "720p"], hardware: nil)
        #expect(cost == .estimated(Money("0.40")!, because: "at most 4 s × $0.05–0.10/s"))
    }

    @Test func `a community model costs its time on the named hardware`() throws {
        let done = try prediction("lab/slow-diffusion", metrics: #"{"predict_time":8.5}"#, version: "0123abcd")
        #expect(
            book.actual(done, input: [:], hardware: "gpu-l40s")
                == .estimated(Money("0.0082875")!, because: "8.5 s × $0.000975/s")
        )
        #expect(book.actual(done, input: [:], hardware: nil).money == nil)
        #expect(book.actual(done, input: [:], hardware: "gpu-of-dreams").money == nil)
    }

    @Test func `an official model that is not in the book is not priced by its time`() throws {
        let done = try prediction("acme/new", metrics: #"{"predict_time":125.4}"#)
        #expect(book.actual(done, input: [:], hardware: "gpu-h100").money == nil)
    }

    @Test(arguments: [("failed", true), ("failed", false), ("aborted", false), ("canceled", false)])
    func `failed and aborted runs are free, and so is one canceled in the queue`(status: String, started: Bool) throws {
        // One that was measured had started.
        let metrics = status == "canceled" ? "{}" : #"{"predict_time":9}"#
        let done = try prediction("google/veo-3", status, metrics: metrics, started: started)
        #expect(book.actual(done, input: [:], hardware: nil).money == .zero)
    }

    @Test func `a failed run of a private model or of a deployment is billed for its time`() throws {
        let metrics = #"{"predict_time":9}"#
        let failed = try prediction("me/mine", "failed", metrics: metrics, version: "0123abcd")
        #expect(book.actual(failed, input: [:], hardware: "cpu", isPublic: false).money == Money("0.0009"))
        #expect(book.actual(failed, input: [:], hardware: nil, isPublic: false).money == nil)
        #expect(book.actual(failed, input: [:], hardware: "cpu", isPublic: true).money == .zero)
        let deployed = try prediction("google/veo-3", "failed", metrics: metrics, deployment: "me/fast")
        #expect(book.actual(deployed, input: [:], hardware: "cpu", isPublic: true).money == Money("0.0009"))
        #expect(book.actual(deployed, input: [:], hardware: nil, isPublic: true).money == nil)
    }

    @Test func `a failed run is not called free while it is unknown whether the model is public`() throws {
        let failed = try prediction("me/mine", "failed", metrics: #"{"predict_time":9}"#, version: "0123abcd")
        #expect(book.actual(failed, input: [:], hardware: "cpu").money == nil)
        let official = try prediction("acme/new", "failed", metrics: #"{"predict_time":9}"#)
        #expect(book.actual(official, input: [:], hardware: "cpu").money == .zero)
    }

    @Test func `a group of images costs the number of images that were made`() throws {
        let input: JSONObject = ["max_images": 4, "sequential_image_generation": "auto"]
        let counted = try prediction("bytedance/seedream-4", metrics: #"{"image_output_count":3}"#)
        #expect(book.actual(counted, input: input, hardware: nil).money == Money("0.09"))
        let listed = try prediction("bytedance/seedream-4", output: #"["https://h/1.jpg","https://h/2.jpg"]"#)
        #expect(book.actual(listed, input: input, hardware: nil).money == Money("0.06"))
    }

    @Test func `a run that was canceled while it ran is not free`() throws {
        let official = try prediction("google/veo-3", "canceled", metrics: #"{"predict_time":9}"#)
        #expect(book.actual(official, input: [:], hardware: nil).money == nil)
        let timed = try prediction(
            "lab/slow-diffusion",
            "canceled",
            metrics: #"{"predict_time":9}"#,
            version: "0123abcd"
        )
        #expect(book.actual(timed, input: [:], hardware: "cpu").money == Money("0.0009"))
    }
}

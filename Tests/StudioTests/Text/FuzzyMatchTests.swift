import TestSupport
import Testing

@testable import Studio

struct FuzzyMatchTests {
    private func matched(_ query: String, _ candidate: String) -> String? {
        FuzzyMatch.score(query, candidate).map { match in
            match.ranges.map { String(Array(candidate)[$0]) }.joined(separator: "|")
        }
    }

    @Test(arguments: [
        ("flux", "black-forest-labs/flux-schnell", "flux"),
        ("bfls", "black-forest-labs/flux-schnell", "b|fl|s"),
        ("fs", "flux-schnell", "f|s"),
        ("wan i2v", "wan-video/wan-2.2-i2v-fast", "wan|i2v"),
        ("fast wan", "wan-video/wan-2.2-i2v-fast", "wan|fast"),
        ("RS", "resetSeed RunStudio", "R|S"),
        ("ö", "schön ÖL", "Ö"),
    ])
    func `the best letters are chosen`(query: String, candidate: String, letters: String) {
        #expect(matched(query, candidate) == letters)
    }

    @Test(arguments: [("xyz", "flux"), ("flxuu", "flux"), ("FLUX", "flux"), ("flux wan", "flux"), ("a", "")])
    func `a candidate without the letters in order does not fit`(query: String, candidate: String) {
        #expect(FuzzyMatch.score(query, candidate) == nil)
    }

    @Test func `an empty query fits everything in the given order`() {
        #expect(FuzzyMatch.rank(" ", in: ["b", "a"]).map(\.index) == [0, 1])
        #expect(FuzzyMatch.score("", "x") == FuzzyMatch(score: 0, ranges: []))
    }

    @Test(arguments: [
        ("flux", ["influx", "my-flux", "flux", "fluxion"], [2, 3, 1, 0]),
        ("sd", ["wisdom", "stable-diffusion", "sd-turbo"], [2, 1, 0]),
        ("run", ["r-u-n", "prune", "Run this"], [2, 0, 1]),
    ])
    func `starts of words and runs come first`(query: String, candidates: [String], order: [Int]) {
        #expect(FuzzyMatch.rank(query, in: candidates).map(\.index) == order)
    }

    @Test func `equal candidates keep their order`() {
        let order = FuzzyMatch.rank("fox", in: ["red fox", "no", "red fox", "red fox"]).map(\.index)
        #expect(order == [0, 2, 3])
    }

    @Test(arguments: 0..<20)
    func `ranges spell the query in order`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let candidate = String((0..<30).map { _ in "abcAB-/ 1é".randomElement(using: &random) ?? "a" })
            let query = String((0..<4).map { _ in "abc1é".randomElement(using: &random) ?? "a" })
            var rest = Substring(query)
            for character in candidate where rest.first.map(String.init) == character.lowercased() {
                rest.removeFirst()
            }
            let match = FuzzyMatch.score(query, candidate)
            #expect((match != nil) == rest.isEmpty)
            guard let match else { continue }
            let letters = match.ranges.map { String(Array(candidate)[$0]) }.joined()
            #expect(letters.lowercased() == query)
        }
    }
}

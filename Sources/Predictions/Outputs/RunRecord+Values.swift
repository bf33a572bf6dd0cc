package import History
package import ReplicateAPI

extension RunRecord {
    /// What it made that is no file; nil: nothing but files, or nothing.
    package var values: JSONValue? {
        if outputs.isEmpty { return prediction?.content.values }
        return prediction?.output?.removing(Set(outputs.map(\.url)))
    }
}

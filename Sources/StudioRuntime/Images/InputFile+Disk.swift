package import Composing
import FileTypes
import Foundation
import Pictures

extension InputFile {
    /// What a look at the file tells; nothing of it is sent.
    package init(lookingAt path: String) {
        let url = URL(filePath: path)
        guard let values = try? url.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]) else {
            self.init(path: path, size: nil, obstacle: .missing)
            return
        }
        guard values.isRegularFile == true else {
            self.init(path: path, size: nil, obstacle: .notRegular)
            return
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            self.init(path: path, size: values.fileSize, obstacle: .unreadable)
            return
        }
        // A photo's header may come after a preview of it.
        let head = (try? handle.read(upToCount: 256 << 10)) ?? Data()
        let megapixels = PictureHeaderReader.read(head).map { Decimal($0.width) * Decimal($0.height) / 1_000_000 }
        self.init(
            path: path,
            size: values.fileSize,
            type: (FileType.detect(head) ?? FileType(fileExtension: url.pathExtension))?.mediaType,
            megapixels: megapixels
        )
    }
}

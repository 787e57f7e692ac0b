/// The long values of a Berkeley DB file, as which rpm up to 4.16 keeps its headers, out of bytes that come in pieces.
///
/// A value that does not fit into a page lies in a chain of pages of its own, each of which names the one before and the
/// one behind it, so that neither the hash table nor the tree that leads there is needed. Chains run forward in nearly
/// every file; where one turns back, the pages that it turns to have waited. No page is taken twice, so none is endless.
struct BerkeleyValues {
    private struct Page {
        let before: UInt32
        let behind: UInt32
        let content: [UInt8]
    }

    private struct Chain {
        var last: UInt32
        var pages = 0
        var content: [UInt8] = []
    }

    private enum Place {
        static let number = 8
        /// Of the first page: what kind of file it is.
        static let mark = 12
        static let before = 12
        static let behind = 16
        /// Of the first page.
        static let pageSize = 20
        static let length = 22
        static let kind = 25
        static let content = 26
    }

    private static let hashMark: UInt32 = 0x06_1561
    private static let treeMark: UInt32 = 0x05_3162
    private static let overflowKind: UInt8 = 7
    private static let pageSizes = 512...(64 << 10)

    /// How many bytes of pages may be kept that no value is complete with.
    ///
    /// The values of a database in which much was replaced lie across each other: one of 31 MB needs nine.
    var limit = 16 << 20

    private var page: [UInt8] = []
    private var pageSize: Int?
    private var isLittleEndian = true
    private var isOver = false
    private var number: UInt32 = 0
    /// By the page that comes next.
    private var chains: [UInt32: Chain] = [:]
    /// Pages whose chain comes to them from one that is behind them in the file.
    private var waiting: [UInt32: Page] = [:]
    /// How many pages are in `chains` and `waiting`.
    private var kept = 0

    /// Shows every value that is complete with `bytes`.
    mutating func add(_ bytes: Span<UInt8>, _ show: (Span<UInt8>) -> Void) {
        var start = 0
        while start < bytes.count, !isOver {
            let wanted = pageSize ?? Self.pageSizes.lowerBound
            let end = start + min(wanted - page.count, bytes.count - start)
            for index in start..<end { page.append(bytes[index]) }
            start = end
            guard page.count == wanted else { return }
            guard let pageSize else {
                begin()
                continue
            }
            take(pageSize, show)
            number &+= 1
            page.removeAll(keepingCapacity: true)
        }
    }

    /// Takes from the first page what all are like.
    private mutating func begin() {
        let marks = [Self.hashMark, Self.treeMark]
        isLittleEndian = marks.contains(word(Place.mark))
        let size = Int(word(Place.pageSize))
        guard marks.contains(word(Place.mark)), Self.pageSizes.contains(size), size.nonzeroBitCount == 1
        else {
            isOver = true
            return
        }
        pageSize = size
    }

    private mutating func take(_ pageSize: Int, _ show: (Span<UInt8>) -> Void) {
        let length = Int(half(Place.length))
        guard page[Place.kind] == Self.overflowKind, number > 0, word(Place.number) == number,
            length <= pageSize - Place.content
        else { return }
        let taken = Page(
            before: word(Place.before), behind: word(Place.behind),
            content: Array(page[Place.content..<(Place.content + length)]))
        if (kept + 1) * pageSize > limit {
            (chains, waiting, kept) = ([:], [:], 0)
        }
        let chain = chains.removeValue(forKey: number)
        if let chain { kept -= chain.pages }
        if taken.before == 0 {
            follow(Chain(last: 0), to: taken, show)
        } else if let chain, chain.last == taken.before {
            follow(chain, to: taken, show)
        } else if taken.before > number || waiting[taken.before]?.behind == number {
            waiting[number] = taken
            kept += 1
        }
    }

    private mutating func follow(_ chain: consuming Chain, to page: Page, _ show: (Span<UInt8>) -> Void) {
        var chain = chain
        var page = page
        chain.last = number
        while true {
            chain.content += page.content
            chain.pages += 1
            guard let next = waiting[page.behind], next.before == chain.last else { break }
            waiting[page.behind] = nil
            kept -= 1
            chain.last = page.behind
            page = next
        }
        if page.behind == 0 {
            show(chain.content.span)
        } else if page.behind > number {
            kept += chain.pages
            if let other = chains.updateValue(chain, forKey: page.behind) { kept -= other.pages }
        }
    }

    private func word(_ place: Int) -> UInt32 {
        let word = (0..<4).reduce(0 as UInt32) { $0 << 8 | UInt32(page[place + $1]) }
        return isLittleEndian ? word.byteSwapped : word
    }

    private func half(_ place: Int) -> UInt16 {
        let half = UInt16(page[place]) << 8 | UInt16(page[place + 1])
        return isLittleEndian ? half.byteSwapped : half
    }
}

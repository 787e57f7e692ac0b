internal import Mustache

/// Views of many things, each made only when the page comes to it, so that all of them are never there at once.
struct TemplateViews: MustacheSequence, Sendable {
    private let count: Int
    private let view: @Sendable (Int) -> TemplateView

    init<Element: Sendable>(
        _ elements: some RandomAccessCollection<Element> & Sendable,
        view: @escaping @Sendable (Element) -> TemplateView
    ) {
        count = elements.count
        self.view = { position in
            view(elements[elements.index(elements.startIndex, offsetBy: position)])
        }
    }

    func makeIterator() -> some IteratorProtocol<TemplateView> { (0..<count).lazy.map(view).makeIterator() }
}

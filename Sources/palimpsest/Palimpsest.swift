@main struct Palimpsest { static func main() {} }

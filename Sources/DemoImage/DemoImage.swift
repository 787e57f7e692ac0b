@main struct DemoImage { static func main() {} }

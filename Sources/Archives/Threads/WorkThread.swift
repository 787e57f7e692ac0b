internal import Glibc

/// A thread for work that waits: tasks that wait starve all others.
@safe package struct WorkThread {
    private let thread: pthread_t

    private init(_ thread: pthread_t) { self.thread = thread }

    /// Begins `work`; nil where the system has no room for another thread.
    package static func start(_ work: sending @escaping () -> Void) -> WorkThread? {
        let handle = unsafe Unmanaged.passRetained(Work(work))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { pointer in
                if let pointer = unsafe pointer {
                    unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
                }
                return nil
            }, handle.toOpaque())
        guard status == 0 else {
            unsafe handle.release()
            return nil
        }
        return WorkThread(thread)
    }

    /// Waits until the work is done; once.
    package func join() { pthread_join(thread, nil) }
}

/// What a thread is handed by its address.
private final class Work {
    let run: () -> Void

    init(_ run: @escaping () -> Void) { self.run = run }
}

package io.github.streamwebsocket.jmh;

import java.util.Optional;

/** Whoever has started this JVM: when it is gone, nobody wants the figures, and nobody else would end this. */
final class Parent {
    private static final long EACH = 1_000;
    private static final String FORK_OF_JMH = "org.openjdk.jmh.runner.ForkedMain";

    private Parent() {}

    /** Halts this JVM soon after its parent has ended, if JMH has forked it: one that is run by hand may outlive it. */
    static void outliveNotInFork() {
        if (System.getProperty("sun.java.command", "").startsWith(FORK_OF_JMH)) {
            outliveNot();
        }
    }

    /** Halts this JVM soon after its parent has ended. */
    static void outliveNot() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            while (parent.isPresent() && parent.get().isAlive()) {
                try {
                    Thread.sleep(EACH);
                } catch (InterruptedException e) {
                    return; // nobody does
                }
            }
            Runtime.getRuntime().halt(1);
        });
    }
}

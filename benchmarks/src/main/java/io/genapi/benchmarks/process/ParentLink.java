package io.genapi.benchmarks.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** A child's side of the two pipes between it and the process that started it. */
public final class ParentLink {

    private ParentLink() {}

    /**
     * What the child tells its parent goes there; what anything else prints goes to the standard error from now on. The
     * child ends when its parent is gone, however it went.
     */
    public static PrintStream open() {
        PrintStream toParent = System.out;
        System.setOut(System.err);
        Thread.ofPlatform().name("parent-watch").daemon().start(() -> {
            try {
                // Nothing comes; the pipe breaks with the parent.
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException broken) {
                // The same as its end.
            }
            Runtime.getRuntime().halt(1);
        });
        return toParent;
    }
}

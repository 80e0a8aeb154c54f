package io.github.streamwebsocket.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * The standard streams of one run. Data and results go to {@code out}, and nothing else does; all that is said on the
 * way goes to {@code err}.
 *
 * @param outCharset how text is written to out
 */
record Console(InputStream in, OutputStream out, PrintStream err, Charset outCharset) {

    /** Returns those of this process. Not System.out, for a PrintStream keeps to itself that its reader is gone. */
    @SuppressWarnings("SystemConsole")
    static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                System.err,
                System.out.charset());
    }

    /** Writes a line to out at once, so that a script that waits for it has it. */
    void print(String line) throws Failure {
        byte[] bytes = (line + System.lineSeparator()).getBytes(outCharset);
        write(bytes, 0, bytes.length);
    }

    /** Reads data from in. As {@link InputStream#read(byte[])}, but what fails is known for the failure of a file. */
    int read(byte[] buffer) throws Failure {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new Failure(ExitCode.FILE, "cannot read the standard input: " + e.getMessage(), e);
        }
    }

    /** Writes data to out. */
    void write(byte[] buffer, int offset, int length) throws Failure {
        try {
            out.write(buffer, offset, length);
            out.flush();
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            String lower = reason.toLowerCase(Locale.ROOT);
            boolean gone = lower.contains("broken pipe") || lower.contains("pipe is being closed");
            throw new Failure(
                    gone ? ExitCode.PIPE : ExitCode.FILE, "cannot write to the standard output: " + reason, e);
        }
    }

    /** Says something to the person who watches. */
    void say(String line) {
        err.println(ErrorReport.oneLine(line));
        err.flush();
    }
}

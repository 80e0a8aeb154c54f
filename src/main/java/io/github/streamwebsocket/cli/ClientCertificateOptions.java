package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ClientCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the client proves its name with. */
final class ClientCertificateOptions {
    private static final String PEM_BEGIN = "-----BEGIN ";

    /** How far to look for the beginning of PEM: people put notes before it, and openssl what it knows. */
    private static final int PEM_PREFACE = 65_536;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description =
                    "Show the certificate in this file to a server that asks for one. PKCS#12 (.p12, .pfx), with its"
                            + " key, or PEM.")
    private @Nullable Path file;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "The private key of --client-cert, in PEM. Default: in the same file")
    private @Nullable Path key;

    @Option(
            names = "--client-password-file",
            paramLabel = "FILE",
            description = "Its first line is the password of the PKCS#12 file, or of the PEM key.")
    private @Nullable Path passwordFile;

    /**
     * Reads the files.
     *
     * @return the certificate, null for none
     * @throws Failure if a file cannot be read, or the options do not go together
     */
    @Nullable
    ClientCertificate read() throws Failure {
        if (file == null) {
            if (key != null || passwordFile != null) {
                throw new Failure(
                        ExitCode.USAGE, "expected --client-key and --client-password-file beside --client-cert");
            }
            return null;
        }
        boolean pem = isPem(file);
        if (key != null && !pem) {
            throw new Failure(
                    ExitCode.USAGE,
                    "expected --client-key beside a PEM file but " + file + " is none: PKCS#12 has its own");
        }
        char @Nullable [] password = password();
        try {
            if (!pem) {
                return ClientCertificate.ofPkcs12(file, password == null ? new char[0] : password);
            }
            Path keyFile = key == null ? file : key;
            return password == null
                    ? ClientCertificate.ofPem(file, keyFile)
                    : ClientCertificate.ofPem(file, keyFile, password);
        } catch (IOException e) {
            throw new Failure(ExitCode.FILE, e.getMessage() + (password == null ? missingPassword(e) : ""), e);
        } finally {
            if (password != null) {
                Arrays.fill(password, '\0');
            }
        }
    }

    /** An empty password is tried when none is given, so "wrong" alone would puzzle. */
    private static String missingPassword(IOException failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof UnrecoverableKeyException) {
                return ": none was given, see --client-password-file";
            }
        }
        return "";
    }

    private static boolean isPem(Path file) throws Failure {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(PEM_PREFACE), StandardCharsets.ISO_8859_1).contains(PEM_BEGIN);
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }

    private char @Nullable [] password() throws Failure {
        if (passwordFile == null) {
            return null;
        }
        try (BufferedReader reader = Files.newBufferedReader(passwordFile)) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw new Failure(ExitCode.FILE, "no password in " + passwordFile + ": expected it in the first line");
            }
            return line.toCharArray();
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", passwordFile, e);
        }
    }
}

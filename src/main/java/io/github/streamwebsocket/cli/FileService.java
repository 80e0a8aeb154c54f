package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.HandshakeRequest;
import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.ServerStreamWebSocket;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Stores the message that a client sends to /name, and gives the file to a client that asks for /name. Which of both a client
 * wants, its {@link TransferHeaders} say; without them, who begins to send is stored, and who sends nothing for a moment gets
 * the file.
 */
final class FileService implements Service<ServerStreamWebSocket> {
    private static final int SECTION = 65_536;
    private static final int DONE = 1000;
    private static final int SERVER_ERROR = 1011;

    /** Of the codes for private use (RFC 6455 7.4.2), named after HTTP's 409. */
    private static final int EXISTS = 4409;

    private final FileStore store;
    private final boolean force;
    private final Cleanup cleanup;

    FileService(FileStore store, boolean force, Cleanup cleanup) {
        this.store = store;
        this.force = force;
        this.cleanup = cleanup;
    }

    @Override
    public HandshakeResponse admit(HandshakeRequest request) {
        Optional<Path> named = store.resolve(request.path());
        if (named.isEmpty()) {
            return HandshakeResponse.refuse(404, "no such name here: expected one plain file name, as in /film.mkv\n");
        }
        Path file = named.get();
        boolean sender = TransferHeaders.isSender(request);
        boolean receiver = TransferHeaders.isReceiver(request);
        if (sender && receiver) {
            return HandshakeResponse.refuse(400, "expected Accept or Content-Type but both came\n");
        }
        if (sender) {
            return admitSender(file);
        }
        return receiver ? admitReceiver(file) : HandshakeResponse.accept();
    }

    private HandshakeResponse admitSender(Path file) {
        if (FileStore.exists(file)) {
            if (!force) {
                return HandshakeResponse.refuse(409, "a file of that name exists already\n");
            }
            if (!FileStore.isPlainFile(file)) {
                return HandshakeResponse.refuse(403, "what has that name is no plain file\n");
            }
        }
        return HandshakeResponse.accept().withHeader(TransferHeaders.RECEIPT, TransferHeaders.RECEIPT_BY_CLOSE);
    }

    private static HandshakeResponse admitReceiver(Path file) {
        if (!FileStore.exists(file)) {
            return HandshakeResponse.refuse(404, "no file of that name\n");
        }
        if (!FileStore.isPlainFile(file) || !Files.isReadable(file)) {
            return HandshakeResponse.refuse(403, "what has that name is no file to be read\n");
        }
        HandshakeResponse accepted = HandshakeResponse.accept();
        try {
            return accepted.withHeader(TransferHeaders.LENGTH, String.valueOf(Files.size(file)));
        } catch (IOException e) {
            return accepted; // the length is a hint only
        }
    }

    @Override
    public ServerStreamWebSocket accept(WebSocketListener listener) throws WebSocketException {
        return listener.accept();
    }

    @Override
    public String serve(ServerStreamWebSocket socket) throws IOException {
        HandshakeRequest request = socket.information().request();
        Path file = store.resolve(request.path()).orElseThrow(); // as it was admitted
        if (TransferHeaders.isReceiver(request)) {
            return give(socket, file);
        }
        FirstMessage first = FirstMessage.await(socket);
        if (!TransferHeaders.isSender(request) && !first.comesSoon() && FileStore.isPlainFile(file)) {
            return give(socket, file);
        }
        IncomingMessage message = first.get();
        return message == null ? "nothing was sent for " + file.getFileName() : store(socket, message, file);
    }

    private String give(ServerStreamWebSocket socket, Path file) throws IOException {
        Meter meter = new Meter();
        byte[] section = new byte[SECTION];
        try (InputStream source = FileStore.open(file);
                OutgoingMessage message = socket.beginMessage()) {
            for (int length = read(source, section, file); length >= 0; length = read(source, section, file)) {
                message.write(section, 0, length);
                meter.add(length);
            }
            message.complete();
        } catch (Failure e) {
            socket.close(SERVER_ERROR, "the file cannot be read");
            throw e;
        }
        socket.close(DONE, "");
        return "gave " + file.getFileName() + ", " + meter.summary();
    }

    private static int read(InputStream source, byte[] section, Path file) throws Failure {
        try {
            return source.read(section);
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }

    /** The message is not closed before its end: that would cut the client off before it has read why. */
    private String store(ServerStreamWebSocket socket, IncomingMessage message, Path file) throws IOException {
        if (!force && FileStore.exists(file)) {
            socket.close(EXISTS, "a file of that name exists already");
            throw Failure.exists(file, null);
        }
        Meter meter = new Meter();
        byte[] section = new byte[SECTION];
        try (PartFile part = PartFile.create(file, cleanup)) {
            for (int length = message.read(section); length >= 0; length = message.read(section)) {
                part.write(section, 0, length);
                meter.add(length);
            }
            part.commit(force);
        } catch (Failure e) {
            boolean lostRace = !force && FileStore.exists(file);
            if (lostRace) {
                socket.close(EXISTS, "a file of that name exists already");
            } else {
                socket.close(SERVER_ERROR, "the file cannot be stored");
            }
            throw e;
        }
        socket.close(DONE, "");
        return "stored " + file.getFileName() + ", " + meter.summary();
    }
}

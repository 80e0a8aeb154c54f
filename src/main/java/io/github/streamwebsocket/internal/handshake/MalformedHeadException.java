package io.github.streamwebsocket.internal.handshake;

/** The head of a request or response is not HTTP/1.1 as we take it. Stays inside the handshake, which makes its own of it. */
final class MalformedHeadException extends Exception {
    private final int answer;

    /**
     * @param answer the HTTP status a server answers it with
     * @param message what was expected and what came
     */
    MalformedHeadException(int answer, String message) {
        super(message);
        this.answer = answer;
    }

    int answer() {
        return answer;
    }
}

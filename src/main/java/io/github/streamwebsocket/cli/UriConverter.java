package io.github.streamwebsocket.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a URI that can be connected to. Of one that cannot, it says what to write instead. */
final class UriConverter implements ITypeConverter<URI> {
    private static final Pattern WITH_SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);
    private static final Pattern WITHOUT_SCHEME = Pattern.compile(
            "(?://)?([A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?([/?].*)?", Pattern.DOTALL);
    private static final Pattern AUTHORITY =
            Pattern.compile("(wss?://[^/?#]*)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** What RFC 3986 has no place for, and a percent sign that begins no percent-encoding. */
    private static final Pattern TO_ENCODE = Pattern.compile("[\\x00-\\x20\"<>\\\\^`{|}\\x7f]|%(?![0-9A-Fa-f]{2})");

    @Override
    public URI convert(String text) {
        Matcher matcher = WITH_SCHEME.matcher(text);
        if (!matcher.matches()) {
            throw withoutScheme(text);
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        if (scheme.equals("http") || scheme.equals("https")) {
            String meant = scheme.equals("http") ? "ws" : "wss";
            throw expected(meant + ":// instead of " + scheme + "://: write " + meant + "://" + matcher.group(2));
        }
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw expected("ws:// or wss:// but was " + scheme + "://");
        }
        try {
            return checked(new URI(text));
        } catch (URISyntaxException e) {
            throw encoded(text)
                    .map(meant -> expected("other characters percent-encoded: write " + meant))
                    .orElseGet(() -> expected("ws://HOST[:PORT]/PATH or wss://... but was '" + text + "'"));
        }
    }

    private static TypeConversionException withoutScheme(String text) {
        Matcher address = WITHOUT_SCHEME.matcher(text);
        if (address.matches() && !address.group(1).matches("(?i)wss?|https?")) {
            String rest = text.startsWith("//") ? text.substring(2) : text;
            return expected("ws:// or wss:// in front: write wss://" + rest + ", or ws://" + rest + " without TLS");
        }
        return expected("ws://HOST[:PORT]/PATH or wss://... but was '" + text + "'");
    }

    private static URI checked(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) { // not shown, for it may have a password
            throw expected("a URI without user@: give what proves who you are with --header");
        }
        if (uri.getRawFragment() != null) {
            throw expected("a URI without #" + uri.getRawFragment() + ": write %23 for a # that belongs to the path");
        }
        if (authority == null) {
            throw expected("a host after " + uri.getScheme() + "://");
        }
        if (uri.getHost() == null) {
            throw expected("a host of letters, digits, - and ., and a port of digits, but was '" + authority + "'");
        }
        return uri;
    }

    /** Returns the URI that was meant, if all that is wrong with it are characters of path and query. */
    private static Optional<String> encoded(String text) {
        Matcher parts = AUTHORITY.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String rest = TO_ENCODE
                .matcher(parts.group(2))
                .replaceAll(found ->
                        String.format(Locale.ROOT, "%%%02X", (int) found.group().charAt(0)));
        String meant = parts.group(1) + rest;
        try {
            return Optional.of(checked(new URI(meant)).toString());
        } catch (URISyntaxException | TypeConversionException e) {
            return Optional.empty();
        }
    }

    private static TypeConversionException expected(String what) {
        return new TypeConversionException("expected " + what);
    }
}

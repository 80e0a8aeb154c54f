package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Headers.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private static final List<Field> FIELDS = List.of(
            new Field("Set-Cookie", "one"),
            new Field("IDENTITY", "i"),
            new Field("set-cookie", "two"),
            new Field("Empty", ""));

    private final Headers headers = Headers.of(FIELDS);

    @Test
    void namesAreComparedWithoutRegardToCase() {
        assertEquals(Optional.of("one"), headers.first("SET-COOKIE"));
        assertEquals(List.of("one", "two"), headers.all("sEt-cOOkie"));
        assertEquals(Optional.of("i"), headers.first("identity"));
    }

    /** Where the small form of I has no dot. */
    @Test
    void theLanguageOfTheUserDoesNotMatter() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertEquals(Optional.of("i"), headers.first("identity"));
            assertEquals(List.of("i"), headers.asMap().get("identity"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aFieldThatIsNotThereIsEmpty() {
        assertEquals(Optional.empty(), headers.first("Cookie"));
        assertEquals(List.of(), headers.all("Cookie"));
        assertEquals(Optional.of(""), headers.first("empty"));
    }

    @Test
    void allFieldsKeepTheirOrderAndTheirNamesAsWritten() {
        assertEquals(FIELDS, headers.fields());
        assertEquals(
                List.of("set-cookie", "identity", "empty"),
                List.copyOf(headers.asMap().keySet()));
        assertEquals(
                Map.of("set-cookie", List.of("one", "two"), "identity", List.of("i"), "empty", List.of("")),
                headers.asMap());
    }

    @Test
    void nothingOfThemCanBeChanged() {
        List<Field> fields = new ArrayList<>(FIELDS);
        Headers copied = Headers.of(fields);
        fields.clear();
        assertEquals(FIELDS, copied.fields());
        assertThrows(UnsupportedOperationException.class, () -> copied.fields().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> copied.all("empty").clear());
        assertThrows(UnsupportedOperationException.class, () -> copied.asMap().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> copied.asMap().get("empty").clear());
    }

    @Test
    void noFieldsAreTheEmptyHeaders() {
        assertSame(Headers.EMPTY, Headers.of(List.of()));
        assertTrue(Headers.EMPTY.fields().isEmpty());
        assertTrue(Headers.EMPTY.asMap().isEmpty());
    }

    @Test
    void twoAreEqualWhenTheirFieldsAre() {
        assertEquals(headers, Headers.of(new ArrayList<>(FIELDS)));
        assertEquals(headers.hashCode(), Headers.of(new ArrayList<>(FIELDS)).hashCode());
        assertNotEquals(headers, Headers.of(FIELDS.reversed()));
        assertNotEquals(headers, FIELDS);
    }

    @Test
    void theTextShowsNoValues() {
        Headers secret = Headers.of(List.of(new Field("Authorization", "Basic c2VjcmV0")));
        assertEquals("Headers[authorization]", secret.toString());
        assertFalse(headers.toString().contains("two"));
    }
}

package io.github.streamwebsocket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The header fields of an HTTP request or response (RFC 9110 5), in the order in which they came. Names are compared
 * without regard to case. Immutable.
 */
public final class Headers {
    /** No fields. */
    public static final Headers EMPTY = new Headers(List.of());

    private final List<Field> fields;

    private Headers(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /**
     * One header field.
     *
     * @param name the name as it was written
     * @param value the value, without white space at its ends
     */
    public record Field(String name, String value) {
        /** Makes a field. Nothing is checked or changed. */
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * Makes headers of fields in their order. Nothing is checked or changed.
     *
     * @param fields the fields
     * @return the headers
     */
    public static Headers of(List<Field> fields) {
        return Objects.requireNonNull(fields, "fields").isEmpty() ? EMPTY : new Headers(fields);
    }

    /**
     * Returns all fields in their order.
     *
     * @return an unmodifiable list
     */
    public List<Field> fields() {
        return fields;
    }

    /**
     * Returns the value of the first field of a name.
     *
     * @param name the name, in any case
     * @return the value, empty when there is no such field
     */
    public Optional<String> first(String name) {
        Objects.requireNonNull(name, "name");
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the values of all fields of a name, in their order.
     *
     * @param name the name, in any case
     * @return an unmodifiable list, empty when there is no such field
     */
    public List<String> all(String name) {
        Objects.requireNonNull(name, "name");
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return List.copyOf(values);
    }

    /**
     * Returns the fields by their names in lower case.
     *
     * @return an unmodifiable map, in the order of the first field of each name
     */
    public Map<String, List<String>> asMap() {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (Field field : fields) {
            map.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(field.value());
        }
        map.replaceAll((name, values) -> List.copyOf(values));
        return java.util.Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && headers.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the names only: values may be secrets. */
    @Override
    public String toString() {
        return "Headers" + asMap().keySet();
    }
}

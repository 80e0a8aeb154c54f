package io.github.streamwebsocket;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what users of a package see, one member a line, with generics and nullness. Reads it by reflection and sorts it,
 * so that the text does not depend on the JDK.
 */
final class PublicApi {
    private PublicApi() {}

    /** The lines that describe the public types of a package and their public and protected members. */
    static List<String> describe(String packageName) {
        List<String> lines = new ArrayList<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(packageName).stream()
                        .filter(type -> type.getPackageName().equals(packageName) && !type.isAnonymousClass())
                        .map(JavaClass::reflect)
                        .filter(PublicApi::isSeen)
                        .sorted(Comparator.comparing(Class::getName))
                        .forEach(type -> describe(type, lines));
        lines.replaceAll(line -> shortened(line, packageName));
        lines.addFirst("package " + packageName);
        return lines;
    }

    private static void describe(Class<?> type, List<String> lines) {
        lines.add("");
        lines.add(header(type));
        if (type.isEnum()) {
            Arrays.stream(type.getEnumConstants()).forEach(constant -> lines.add("    " + ((Enum<?>) constant).name()));
        }
        SortedMap<String, String> members = new TreeMap<>();
        addMembers(type, type, members);
        members.values().forEach(member -> lines.add("    " + member));
    }

    /** Names of the package itself and of java.lang go without it, as they do in source. */
    private static String shortened(String line, String packageName) {
        return line.replace(packageName + ".", "")
                .replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "")
                .replace('$', '.');
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        int implied = type.isInterface()
                ? Modifier.ABSTRACT | Modifier.STATIC
                : type.isEnum() || type.isRecord() ? Modifier.FINAL | Modifier.STATIC : 0;
        StringBuilder text = new StringBuilder(deprecation(type))
                .append(modifiers(type.getModifiers() & ~(implied | Modifier.INTERFACE)))
                .append(type.isSealed() ? "sealed " : "")
                .append(kind)
                .append(' ')
                .append(type.getTypeName())
                .append(typeParameters(type.getTypeParameters()));
        if (type.isRecord()) {
            text.append(Arrays.stream(type.getRecordComponents())
                    .map(component -> text(component.getAnnotatedType()) + " " + component.getName())
                    .collect(joining(", ", "(", ")")));
        }
        AnnotatedType parent = type.getAnnotatedSuperclass();
        if (parent != null && !type.isEnum() && !type.isRecord() && parent.getType() != Object.class) {
            text.append(" extends ").append(text(parent));
        }
        if (type.getAnnotatedInterfaces().length > 0) {
            text.append(type.isInterface() ? " extends " : " implements ").append(texts(type.getAnnotatedInterfaces()));
        }
        return text.toString();
    }

    /**
     * Adds the members declared in a type, and those it inherits from types that users do not see themselves: fields, then
     * constructors, then methods, each by name and parameters.
     */
    private static void addMembers(Class<?> owner, Class<?> type, SortedMap<String, String> members) {
        for (Field field : type.getDeclaredFields()) {
            if (isSeen(field) && !field.isEnumConstant()) {
                String line = text(field.getAnnotatedType()) + " " + field.getName();
                members.put("1 " + field.getName(), deprecation(field) + modifiers(field.getModifiers()) + line);
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (type == owner && isSeen(constructor)) {
                members.put("2 " + parameters(constructor), signature(constructor, type.getSimpleName()));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isSeen(method) && !isImplied(method)) {
                String typeAndName = text(method.getAnnotatedReturnType()) + " " + method.getName();
                members.putIfAbsent("3 " + method.getName() + "(" + parameters(method), signature(method, typeAndName));
            }
        }
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .filter(parent -> parent.getPackageName().equals(owner.getPackageName()) && !isSeen(parent))
                .forEach(parent -> addMembers(owner, parent, members));
    }

    /** Every enum has these two. */
    private static boolean isImplied(Method method) {
        return method.getDeclaringClass().isEnum()
                && Modifier.isStatic(method.getModifiers())
                && (method.toString().endsWith(".values()")
                        || method.toString().endsWith(".valueOf(java.lang.String)"));
    }

    private static String parameters(Executable executable) {
        String parameters = texts(executable.getAnnotatedParameterTypes());
        return executable.isVarArgs() ? parameters.substring(0, parameters.length() - 2) + "..." : parameters;
    }

    private static String signature(Executable executable, String typeAndName) {
        String typeParameters = typeParameters(executable.getTypeParameters());
        int noise = Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.STRICT | Modifier.TRANSIENT | Modifier.VOLATILE;
        if (executable.getDeclaringClass().isInterface()) {
            noise |= Modifier.ABSTRACT;
        }
        return deprecation(executable)
                + modifiers(executable.getModifiers() & ~noise)
                + (executable instanceof Method method && method.isDefault() ? "default " : "")
                + (typeParameters.isEmpty() ? "" : typeParameters + " ")
                + typeAndName
                + "(" + parameters(executable) + ")"
                + (executable.getExceptionTypes().length == 0
                        ? ""
                        : " throws " + texts(executable.getAnnotatedExceptionTypes()));
    }

    private static boolean isSeen(Class<?> type) {
        return isSeen(type.getModifiers()) && (type.getEnclosingClass() == null || isSeen(type.getEnclosingClass()));
    }

    private static boolean isSeen(Member member) {
        return isSeen(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String deprecation(AnnotatedElement element) {
        Deprecated deprecated = element.getAnnotation(Deprecated.class);
        return deprecated == null ? "" : deprecated.forRemoval() ? "@Deprecated(forRemoval) " : "@Deprecated ";
    }

    private static String modifiers(int modifiers) {
        return modifiers == 0 ? "" : Modifier.toString(modifiers) + " ";
    }

    private static String typeParameters(TypeVariable<?>[] parameters) {
        return parameters.length == 0
                ? ""
                : Arrays.stream(parameters)
                        .map(parameter -> parameter.getName() + bounds(" extends ", parameter.getAnnotatedBounds()))
                        .collect(joining(", ", "<", ">"));
    }

    private static String bounds(String word, AnnotatedType[] bounds) {
        String text = Arrays.stream(bounds).map(PublicApi::text).collect(joining(" & "));
        return text.isEmpty() || text.equals("java.lang.Object") ? "" : word + text;
    }

    private static String texts(AnnotatedType[] types) {
        return Arrays.stream(types).map(PublicApi::text).collect(joining(", "));
    }

    private static String text(AnnotatedType annotated) {
        String mark = annotated.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
        return switch (annotated) {
            case AnnotatedArrayType array ->
                text(array.getAnnotatedGenericComponentType()) + (mark.isEmpty() ? "" : " @Nullable ") + "[]";
            case AnnotatedParameterizedType generic ->
                mark + rawName(generic.getType()) + "<" + texts(generic.getAnnotatedActualTypeArguments()) + ">";
            case AnnotatedWildcardType wildcard ->
                "?" + bounds(" extends ", wildcard.getAnnotatedUpperBounds())
                        + bounds(" super ", wildcard.getAnnotatedLowerBounds());
            case AnnotatedTypeVariable variable -> mark + variable.getType().getTypeName();
            default -> mark + annotated.getType().getTypeName();
        };
    }

    private static String rawName(Type type) {
        return ((ParameterizedType) type).getRawType().getTypeName();
    }
}

package dev.ingestkit.testkit.function;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;

/**
 * A handler of the test that runs in a function's place, as the very object that the test made. Immutable.
 *
 * @param handler a {@link RequestHandler} or a {@link RequestStreamHandler}
 * @param event the type that the event is read as; without meaning for a stream handler
 */
public record Replacement(Object handler, Type event) {

    public Replacement {
        requireNonNull(handler, "handler");
        requireNonNull(event, "event");
    }

    /** Returns a replacement whose event type is the one that the handler's class declares; an object's for a lambda. */
    public static Replacement of(RequestHandler<?, ?> handler) {
        return new Replacement(handler, declared(handler.getClass(), new HashMap<>()));
    }

    /** Returns a replacement that reads and writes bytes. */
    public static Replacement of(RequestStreamHandler handler) {
        return new Replacement(handler, Object.class);
    }

    /** Returns the event type in a class's declaration, with the type variables of its superclasses resolved. */
    private static Type declared(Class<?> type, Map<Type, Type> variables) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Type implemented : at.getGenericInterfaces()) {
                if (implemented instanceof ParameterizedType handler && handler.getRawType() == RequestHandler.class) {
                    Type event = handler.getActualTypeArguments()[0];
                    Type resolved = variables.getOrDefault(event, event);
                    return resolved instanceof TypeVariable<?> ? Object.class : resolved;
                }
            }
            if (at.getGenericSuperclass() instanceof ParameterizedType parent) {
                TypeVariable<?>[] names = at.getSuperclass().getTypeParameters();
                for (int index = 0; index < names.length; index++) {
                    Type argument = parent.getActualTypeArguments()[index];
                    variables.put(names[index], variables.getOrDefault(argument, argument));
                }
            }
        }
        return Object.class;
    }
}

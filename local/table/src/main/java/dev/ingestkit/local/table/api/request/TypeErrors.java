package dev.ingestkit.local.table.api.request;

import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.local.table.error.TableException;

/** The texts by which DynamoDB refuses a JSON value of the wrong type, which depend on the value's position. */
final class TypeErrors {
    private static final String PACKAGE = "com.amazonaws.dynamodb.v20120810.";
    private static final String STRUCTURE = "Start of structure or map found where not expected";
    private static final String FIELD = "Unexpected field type";
    private static final String ELEMENT = "Unexpected value type in payload";
    private static final String PARAMETERIZED = "sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl";
    private static final String CAST = "class " + PARAMETERIZED + " cannot be cast to class java.lang.Class ("
            + PARAMETERIZED + " and java.lang.Class are in module java.base of loader 'bootstrap')";

    private TypeErrors() {}

    /** Returns the error of a scalar whose JSON value has another type, {@code type} as Java names it. */
    static TableException scalar(JsonToken token, String type) {
        return switch (token) {
            case START_ARRAY -> refusal("Unrecognized collection type class java.lang." + type);
            case START_OBJECT -> refusal(STRUCTURE);
            case VALUE_TRUE -> refusal("TRUE_VALUE cannot be converted to " + type);
            case VALUE_FALSE -> refusal("FALSE_VALUE cannot be converted to " + type);
            case VALUE_NUMBER_INT -> refusal("NUMBER_VALUE cannot be converted to " + type);
            case VALUE_NUMBER_FLOAT -> refusal("DECIMAL_VALUE cannot be converted to " + type);
            default -> refusal("STRING_VALUE cannot be converted to " + type);
        };
    }

    /** Returns the error of a text that is none of the words for true and false. */
    static TableException flagText() {
        return refusal("Unexpected token received from parser");
    }

    /** Returns the error of a list whose JSON value is not an array. */
    static TableException list(JsonToken token, boolean nested) {
        if (token == JsonToken.START_OBJECT) {
            return refusal(STRUCTURE);
        }
        return refusal(nested ? CAST : FIELD);
    }

    /** Returns the error of a map whose JSON value is not an object. */
    static TableException map(JsonToken token, Shape value, boolean nested) {
        if (token == JsonToken.START_ARRAY) {
            return refusal("Unrecognized collection type java.util.Map<java.lang.String, " + typeName(value) + ">");
        }
        return refusal(nested ? CAST : FIELD);
    }

    /** Returns the error of a map of attribute values whose JSON value is not an object. */
    static TableException item(JsonToken token, boolean nested) {
        return map(token, new Shape.Value("AttributeValue"), nested);
    }

    /** Returns the error of a structure, or an attribute value, whose JSON value is not an object. */
    static TableException struct(JsonToken token, Shape shape, boolean nested) {
        if (token == JsonToken.START_ARRAY) {
            return refusal("Unrecognized collection type class " + PACKAGE + shape.name());
        }
        return refusal(nested ? ELEMENT : FIELD);
    }

    private static String typeName(Shape shape) {
        return switch (shape.kind()) {
            case TEXT -> "java.lang.String";
            case LISTING -> "java.util.List<" + typeName(((Shape.Listing) shape).element()) + ">";
            case STRUCT, MAPPING, ITEM, VALUE, NUMERIC, FLAG -> PACKAGE + shape.name();
        };
    }

    private static TableException refusal(String text) {
        return TableException.serialization(text);
    }
}

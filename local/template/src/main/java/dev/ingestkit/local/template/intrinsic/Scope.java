package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.Optional;

/** Resolves the names in a part of a template. */
public interface Scope {

    /**
     * Returns the value of {@code Ref}.
     *
     * @return empty for {@code AWS::NoValue}
     * @throws TemplateException for an unknown name
     */
    Optional<TemplateNode> reference(String name, Location at);

    /** Returns the value of {@code Fn::GetAtt}. */
    TemplateNode attribute(String resource, String attribute, Location at);

    boolean condition(String name, Location at);
}

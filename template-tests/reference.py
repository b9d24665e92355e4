"""Writes docs/reference/template.md from template.yaml: python template-tests/reference.py"""

import pathlib

from samtranslator.yaml_helper import yaml_parse

ROOT = pathlib.Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "template.md"


def allowed(parameter):
    if "AllowedValues" in parameter:
        return ", ".join(f"`{value}`" for value in parameter["AllowedValues"])
    if "MinValue" in parameter:
        return f"{parameter['MinValue']} to {parameter['MaxValue']}"
    return parameter["ConstraintDescription"]


def page():
    template = yaml_parse((ROOT / "template.yaml").read_text())
    lines = [
        "# The template's parameters and outputs",
        "",
        "`template-tests/reference.py` generates this page from `template.yaml`; a test fails when they differ.",
    ]
    for group in template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]:
        lines += ["", f"## {group['Label']['default']}", "", "| Parameter | Default | Allowed | Description |", "| --- | --- | --- | --- |"]
        for name in group["Parameters"]:
            parameter = template["Parameters"][name]
            default = f"`{parameter['Default']}`" if parameter["Default"] != "" else "empty"
            lines.append(f"| `{name}` | {default} | {allowed(parameter)} | {parameter['Description']} |")
    lines += ["", "## Outputs", "", "| Output | Description |", "| --- | --- |"]
    lines += [f"| `{name}` | {output['Description']} |" for name, output in template["Outputs"].items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())

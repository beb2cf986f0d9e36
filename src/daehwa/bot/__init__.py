"""The bot definition: typed values, readers and writers of Lex's export, validation.

Import the package and qualify (``bot.Intent``): ``daehwa.lex`` has an ``Intent`` too.
"""

from daehwa.bot.amending import (
    amend,
    amended,
)
from daehwa.bot.amendments import (
    Amendment,
    NewSample,
    NewSynonym,
)
from daehwa.bot.bundle import (
    bundled,
    starters,
)
from daehwa.bot.cards import card_hosts
from daehwa.bot.check_rules import (
    RULES,
    CheckRule,
)
from daehwa.bot.checks import unwise
from daehwa.bot.checks.texts import normal_form, sample_form
from daehwa.bot.completing import (
    completed,
)
from daehwa.bot.decoding import (
    decode,
)
from daehwa.bot.difference import (
    Difference,
    differences,
)
from daehwa.bot.errors import (
    AmendmentError,
    ArchiveError,
    BotError,
    FieldError,
    MalformedJSONError,
    MissingReferenceError,
    PasswordError,
    ProjectError,
)
from daehwa.bot.examination import (
    Examination,
    examine,
)
from daehwa.bot.flow_values import (
    Button,
    Condition,
    Conditional,
    ConditionalBranch,
    DefaultConditionalBranch,
    DialogCodeHook,
    DialogCodeHookInvocationSetting,
    DialogState,
    ElicitationCodeHookInvocationSetting,
    FulfillmentCodeHook,
    FulfillmentStartResponseSpecification,
    FulfillmentUpdateResponseSpecification,
    FulfillmentUpdatesSpecification,
    ImageResponseCard,
    IntentOverride,
    Message,
    MessageGroup,
    PostCodeHookSpecification,
    PromptSpecification,
    ResponseSpecification,
    SlotValue,
    SlotValueOverride,
    StepAction,
    StepType,
    TextValue,
)
from daehwa.bot.foreign import (
    Imported,
)
from daehwa.bot.foreign import bring as import_bot
from daehwa.bot.foreign.template_marks import is_template, template_and_bot
from daehwa.bot.identity import (
    DRAFT,
    TEST_ALIAS,
    BotAlias,
    bot_id,
)
from daehwa.bot.layout import (
    intent_file,
    locale_file,
    slot_file,
    vocabulary_file,
)
from daehwa.bot.limits import (
    MAX_INTENTS,
    MAX_INTENTS_ENGLISH,
    MAX_SLOTS,
    beyond_limits,
)
from daehwa.bot.locales import LOCALE_NAMES
from daehwa.bot.network_checks import MAX_NETWORK_MEMBERS
from daehwa.bot.nlu_improvement import (
    AssistedNluMode,
    IntentDisambiguationSettings,
    NluImprovement,
    display_name,
    nlu_improvement,
)
from daehwa.bot.problems import (
    Problem,
)
from daehwa.bot.project import (
    begin_project,
    is_project,
    project_files,
    project_schema,
    save_imported,
    save_project,
)
from daehwa.bot.reader import (
    DEFAULT_FALLBACK_INTENT,
    load,
    load_runnable,
    unpack,
)
from daehwa.bot.references import (
    unknown_slots,
)
from daehwa.bot.regex_filter import (
    pattern_fault,
)
from daehwa.bot.runnable import (
    RunnableBot,
)
from daehwa.bot.signatures import (
    BUILT_IN_INTENTS,
    BUILT_IN_SLOT_TYPES,
    FALLBACK_INTENT,
    UNRECOGNISED_INTENTS,
    built_in_slot_types,
    current_slot_type,
    is_built_in_intent_name,
)
from daehwa.bot.slot_definition import (
    CompositeSlotTypeSetting,
    DefaultValue,
    DefaultValueSpecification,
    MultipleValuesSetting,
    ObfuscationSetting,
    RegexFilter,
    SampleUtterance,
    SampleValue,
    Slot,
    SlotCaptureSetting,
    SlotType,
    SlotTypeValue,
    SlotValueElicitationSetting,
    Specifications,
    StillWaitingResponseSpecification,
    SubSlotSetting,
    SubSlotTypeComposition,
    ValueSelectionSetting,
    WaitAndContinueSpecification,
)
from daehwa.bot.tree import walk
from daehwa.bot.validation import (
    validate,
)
from daehwa.bot.values import (
    Bot,
    BotLocale,
    BotMember,
    DataPrivacy,
    InitialResponseSetting,
    InputContext,
    Intent,
    IntentClosingSetting,
    IntentConfirmationSetting,
    OutputContext,
    SlotPriority,
)
from daehwa.bot.writer import (
    content_digest,
    encode,
    pack,
    save,
)
from daehwa.bot.yaml_reader import Place, Plain, YamlError, YamlFile, as_json, read_yaml
from daehwa.bot.zip_encryption import encrypted_zip

__all__ = [
    "BUILT_IN_INTENTS",
    "BUILT_IN_SLOT_TYPES",
    "DEFAULT_FALLBACK_INTENT",
    "DRAFT",
    "FALLBACK_INTENT",
    "LOCALE_NAMES",
    "MAX_INTENTS",
    "MAX_INTENTS_ENGLISH",
    "MAX_NETWORK_MEMBERS",
    "MAX_SLOTS",
    "RULES",
    "TEST_ALIAS",
    "UNRECOGNISED_INTENTS",
    "Amendment",
    "AmendmentError",
    "ArchiveError",
    "AssistedNluMode",
    "Bot",
    "BotAlias",
    "BotError",
    "BotLocale",
    "BotMember",
    "Button",
    "CheckRule",
    "CompositeSlotTypeSetting",
    "Condition",
    "Conditional",
    "ConditionalBranch",
    "DataPrivacy",
    "DefaultConditionalBranch",
    "DefaultValue",
    "DefaultValueSpecification",
    "DialogCodeHook",
    "DialogCodeHookInvocationSetting",
    "DialogState",
    "Difference",
    "ElicitationCodeHookInvocationSetting",
    "Examination",
    "FieldError",
    "FulfillmentCodeHook",
    "FulfillmentStartResponseSpecification",
    "FulfillmentUpdateResponseSpecification",
    "FulfillmentUpdatesSpecification",
    "ImageResponseCard",
    "Imported",
    "InitialResponseSetting",
    "InputContext",
    "Intent",
    "IntentClosingSetting",
    "IntentConfirmationSetting",
    "IntentDisambiguationSettings",
    "IntentOverride",
    "MalformedJSONError",
    "Message",
    "MessageGroup",
    "MissingReferenceError",
    "MultipleValuesSetting",
    "NewSample",
    "NewSynonym",
    "NluImprovement",
    "ObfuscationSetting",
    "OutputContext",
    "PasswordError",
    "Place",
    "Plain",
    "PostCodeHookSpecification",
    "Problem",
    "ProjectError",
    "PromptSpecification",
    "RegexFilter",
    "ResponseSpecification",
    "RunnableBot",
    "SampleUtterance",
    "SampleValue",
    "Slot",
    "SlotCaptureSetting",
    "SlotPriority",
    "SlotType",
    "SlotTypeValue",
    "SlotValue",
    "SlotValueElicitationSetting",
    "SlotValueOverride",
    "Specifications",
    "StepAction",
    "StepType",
    "StillWaitingResponseSpecification",
    "SubSlotSetting",
    "SubSlotTypeComposition",
    "TextValue",
    "ValueSelectionSetting",
    "WaitAndContinueSpecification",
    "YamlError",
    "YamlFile",
    "amend",
    "amended",
    "as_json",
    "begin_project",
    "beyond_limits",
    "bot_id",
    "built_in_slot_types",
    "bundled",
    "card_hosts",
    "completed",
    "content_digest",
    "current_slot_type",
    "decode",
    "differences",
    "display_name",
    "encode",
    "encrypted_zip",
    "examine",
    "import_bot",
    "intent_file",
    "is_built_in_intent_name",
    "is_project",
    "is_template",
    "load",
    "load_runnable",
    "locale_file",
    "nlu_improvement",
    "normal_form",
    "pack",
    "pattern_fault",
    "project_files",
    "project_schema",
    "read_yaml",
    "sample_form",
    "save",
    "save_imported",
    "save_project",
    "slot_file",
    "starters",
    "template_and_bot",
    "unknown_slots",
    "unpack",
    "unwise",
    "validate",
    "vocabulary_file",
    "walk",
]

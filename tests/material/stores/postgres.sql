SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA daehwa;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE daehwa.layout (
    version integer NOT NULL
);
CREATE TABLE daehwa.sessions (
    id bigint NOT NULL,
    bot_id text NOT NULL,
    alias_id text NOT NULL,
    locale_id text NOT NULL,
    session_id text NOT NULL,
    version bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    session bytea
);
ALTER TABLE daehwa.sessions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME daehwa.sessions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE daehwa.turns (
    id bigint NOT NULL,
    session bigint NOT NULL,
    message_id text NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    reply bytea,
    state text NOT NULL,
    missed boolean NOT NULL,
    rating text,
    comment text,
    lease timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL
);
ALTER TABLE daehwa.turns ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME daehwa.turns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE daehwa.upkeep (
    id integer NOT NULL,
    pings bigint NOT NULL,
    note bytea,
    CONSTRAINT upkeep_id_check CHECK ((id = 1))
);
INSERT INTO daehwa.layout VALUES (3);
INSERT INTO daehwa.sessions OVERRIDING SYSTEM VALUE VALUES (1, 'HELLOWORLD', 'TSTALIASID', 'ko_KR', 'visitor 1/가', 8065799143549, '2126-01-01 00:00:00+00', '\x7b22637265617465644174223a22323032362d31312d32305430393a33303a30305a222c226e223a327d');
INSERT INTO daehwa.sessions OVERRIDING SYSTEM VALUE VALUES (3, 'HELLOWORLD', 'TSTALIASID', 'en_US', 'visitor-2', 48788940256061, '2026-11-20 09:30:00+00', '\x7b7d');
INSERT INTO daehwa.turns OVERRIDING SYSTEM VALUE VALUES (1, 1, 'm1', '안녕', '2026-11-20 09:30:00+00', '\x7b226d7367223a2268656c6c6f227d', 'done', false, NULL, NULL, '-infinity');
INSERT INTO daehwa.turns OVERRIDING SYSTEM VALUE VALUES (2, 1, 'm2', '우주는?', '2026-11-20 09:31:00+00', '\x7b226d7367223a223f227d', 'done', true, 'down', 'no', '-infinity');
INSERT INTO daehwa.turns OVERRIDING SYSTEM VALUE VALUES (3, 1, 'm3', '더', '2026-11-20 09:32:00+00', '\x7b226d7367223a226861227d', 'running', false, NULL, NULL, '2026-11-27 14:07:47.628867+00');
INSERT INTO daehwa.turns OVERRIDING SYSTEM VALUE VALUES (4, 3, 'm1', 'hi', '2026-11-20 09:30:00+00', '\x7b226d7367223a226869227d', 'done', false, NULL, NULL, '-infinity');
INSERT INTO daehwa.upkeep VALUES (1, 0, '\x6e6f7465');
SELECT pg_catalog.setval('daehwa.sessions_id_seq', 3, true);
SELECT pg_catalog.setval('daehwa.turns_id_seq', 4, true);
ALTER TABLE ONLY daehwa.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY daehwa.sessions
    ADD CONSTRAINT sessions_session_id_bot_id_alias_id_locale_id_key UNIQUE (session_id, bot_id, alias_id, locale_id);
ALTER TABLE ONLY daehwa.turns
    ADD CONSTRAINT turns_pkey PRIMARY KEY (id);
ALTER TABLE ONLY daehwa.turns
    ADD CONSTRAINT turns_session_message_id_key UNIQUE (session, message_id);
ALTER TABLE ONLY daehwa.upkeep
    ADD CONSTRAINT upkeep_pkey PRIMARY KEY (id);
CREATE INDEX sessions_by_expiry ON daehwa.sessions USING btree (expires_at);
CREATE INDEX turns_missed ON daehwa.turns USING btree (at) WHERE missed;
ALTER TABLE ONLY daehwa.turns
    ADD CONSTRAINT turns_session_fkey FOREIGN KEY (session) REFERENCES daehwa.sessions(id) ON DELETE CASCADE;

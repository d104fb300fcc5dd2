"""What many would write instead: FastAPI and SQLAlchemy, as their own guides show them."""

import os
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import URL, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

parts = urlsplit(os.environ["DATABASE_URL"])
place = {name: values[0] for name, values in parse_qs(parts.query).items()}
address = URL.create(
    "postgresql+psycopg",
    unquote(parts.username or ""),
    unquote(parts.password or ""),
    database=parts.path[1:],
    query=place,
)
engine = create_engine(address, pool_size=40)
app = FastAPI()


class Base(DeclarativeBase):
    pass


class Entity(Base):
    __tablename__ = "register_entity"
    uscc: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    type: Mapped[str]
    status: Mapped[str]
    organ: Mapped[int]
    division: Mapped[str]
    established: Mapped[date | None]
    capital: Mapped[Decimal | None]
    currency: Mapped[str]
    representative: Mapped[str]
    address: Mapped[str]
    scope: Mapped[str]
    industry: Mapped[str]
    version: Mapped[int]


class Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    uscc: str
    name: str
    kind: str
    type: str
    status: str
    organ: int
    division: str
    established: date | None
    capital: Decimal | None
    currency: str
    representative: str
    address: str
    scope: str
    industry: str
    version: int


@app.get("/api/v1/entities/{code}", response_model=Answer)
def entity(code: str) -> Entity:
    with Session(engine) as session:
        found = session.scalar(select(Entity).where(Entity.uscc == code))
    if found is None:
        raise HTTPException(404)
    return found
